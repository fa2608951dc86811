"""`manage.py progress verify`: everything that follows from the ledger, computed anew and compared."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from careers.progress.drift import Findings
from careers.progress.repairing import repair
from careers.progress.verifying import verify


class Command(BaseCommand):
    help = "Recompute all progress from the ledger and report what differs; ends with 1 if anything does."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["verify"])
        parser.add_argument("--repair", action="store_true", help="write what follows from the ledger, then look again")
        parser.add_argument("--json", action="store_true", help="print one line of JSON in place of the table")

    def handle(self, *args: Any, **options: Any) -> None:
        findings = verify()
        if options["repair"] and findings.total:
            repair(findings)
            self._tell(findings, as_json=options["json"], title="before")
            findings = verify()
        self._tell(findings, as_json=options["json"])
        if findings.total:
            raise SystemExit(1)

    def _tell(self, findings: Findings, *, as_json: bool, title: str = "") -> None:
        if as_json:
            said = {"total": findings.total, "checked": findings.checked, "drift": findings.drift}
            self.stdout.write(json.dumps({"when": title} | said if title else said))
            return
        if title:
            self.stdout.write(f"{title}:")
        self.stdout.write(f"{'kind of drift':<16}{'checked':>9}{'drift':>9}")
        for kind, pairs in findings.drift.items():
            self.stdout.write(f"{kind:<16}{findings.checked[kind]:>9}{len(pairs):>9}")
            for person_id, page_id in pairs[:20]:
                self.stdout.write(f"  person {person_id}, page {page_id}")
