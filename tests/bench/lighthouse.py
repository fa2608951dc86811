"""Lighthouse's marks for home, article, path and part, on the production settings, on a phone and at a desk."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple
from urllib.request import urlopen

from django.conf import settings
from rich.console import Console
from rich.table import Table

from tests.bench.pages import addresses
from tests.bench.server import serving
from tests.weight import MOST_BLOCKING, MOST_BYTES, blocking

PAGES = ("home", "article", "path", "part")
#: By category, the least mark that is good enough (of 100).
GOALS = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
#: A phone on a slow line, slowed down four times, as Lighthouse simulates it; and a computer at a desk.
FORMS = {"phone": [], "desk": ["--preset=desktop"]}
CHROMIUM = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
CLI = Path("node_modules/lighthouse/cli/index.js")


class Marks(NamedTuple):
    page: str
    form: str
    marks: dict[str, float]
    size: int
    blocking: int
    failed: list[str]


def environment(folder: Path, port: int) -> dict[str, str]:
    """What a deployment would say, with everything it writes in `folder`."""
    return {
        "DJANGO_SETTINGS_MODULE": "tests.bench.lighthouse_settings",
        "PORTAL_MODE": "production",
        "PORTAL_DATA_DIR": str(folder),
        "SECRET_KEY": "only-for-a-measurement-on-this-machine-that-is-removed-at-its-end",
        "ALLOWED_HOSTS": "127.0.0.1",
        "BASE_URL": f"http://127.0.0.1:{port}",
        "DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite3'}",
        "REDIS_URL": "redis://127.0.0.1:6379/0",
        "EMAIL_URL": "smtp://127.0.0.1:25",
        "DEFAULT_FROM_EMAIL": "portal@example.org",
        "DIGEST_FROM_EMAIL": "digest@example.org",
    }


def measure(console: Console, *, rounds: int, port: int) -> list[str]:
    """Return what misses its goal. Marks are medians of `rounds`."""
    from django.core.management import call_command

    _needs()
    call_command("collectstatic", interactive=False, verbosity=0)
    _give_the_part_a_video(Path(settings.DATA_DIR))
    with serving(port):
        found = list(_marks(f"http://127.0.0.1:{port}", rounds))
    _print(console, found, rounds)
    return [f"{row.page} ({row.form}): {words}" for row in found for words in _missed(row)]


def _needs() -> None:
    for name, there in (("node", shutil.which("node")), ("chromium", shutil.which("chromium")), (CLI, CLI.is_file())):
        if not there:
            raise SystemExit(f"{name} is not here: this needs Node, Debian's Chromium, and `npm ci --ignore-scripts`.")


def _give_the_part_a_video(folder: Path) -> None:
    """The sample without its films has parts without a player."""
    from masterclasses.models import PartPage
    from tests.factories.playable import make_outputs, publish_outputs

    part = PartPage.objects.live().get(pk=PartPage.objects.live().first().pk)
    part.video = publish_outputs(make_outputs(folder / "outputs"))
    part.save()


def _marks(base: str, rounds: int) -> Iterator[Marks]:
    for page, path in addresses().items():
        if page not in PAGES:
            continue
        with urlopen(base + path, timeout=60) as answer:
            html = answer.read().decode()
        for form, options in FORMS.items():
            reports = [_run(base + path, options) for _round in range(rounds)]
            yield Marks(page, form, _medians(reports), _size(reports[0]), len(blocking(html)), _failed(reports[0]))


def _run(address: str, options: list[str]) -> dict[str, Any]:
    command = ["node", str(CLI), address, "--output=json", "--quiet", "--no-enable-error-reporting", *options]
    command += [f"--chrome-flags={CHROMIUM}", f"--only-categories={','.join(GOALS)}"]
    chosen = os.environ | {"CHROME_PATH": shutil.which("chromium") or ""}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=chosen)
    if done.returncode:
        raise SystemExit(done.stderr.strip()[-1000:])
    report: dict[str, Any] = json.loads(done.stdout)
    if report.get("runtimeError"):
        raise SystemExit(report["runtimeError"]["message"])
    return report


def _medians(reports: list[dict[str, Any]]) -> dict[str, float]:
    return {name: median(report["categories"][name]["score"] * 100 for report in reports) for name in GOALS}


def _size(report: dict[str, Any]) -> int:
    """Bytes on the wire, with headers; without images, film and sound."""
    requests = report["audits"]["network-requests"]["details"]["items"]
    return sum(each["transferSize"] for each in requests if each.get("resourceType") not in {"Image", "Media"})


def _failed(report: dict[str, Any]) -> list[str]:
    """The audits that count and are not passed, by name; of performance, those below nine tenths."""
    names = []
    for category in GOALS:
        for audit in report["categories"][category]["auditRefs"]:
            score = report["audits"][audit["id"]]["score"]
            if audit["weight"] and score is not None and score < (0.9 if category == "performance" else 1):
                names.append(audit["id"])
    return names


def _print(console: Console, found: list[Marks], rounds: int) -> None:
    table = Table(title=f"Lighthouse; gunicorn on the production settings; medians of {rounds}")
    for heading in ("page", "form", *GOALS, "kB without images", "blocking", "not passed"):
        table.add_column(heading, justify="left" if heading in {"page", "form", "not passed"} else "right")
    for row in found:
        marks = [f"{row.marks[name]:.0f}" for name in GOALS]
        table.add_row(
            row.page, row.form, *marks, f"{row.size / 1000:.1f}", str(row.blocking), ", ".join(row.failed) or "–"
        )
    console.print(table)


def _missed(row: Marks) -> list[str]:
    missed = [f"{name} {row.marks[name]:.0f}" for name, least in GOALS.items() if row.marks[name] < least]
    if row.page == "article" and row.size > MOST_BYTES:
        missed.append(f"{row.size / 1000:.1f} kB")
    if row.blocking > MOST_BLOCKING:
        missed.append(f"{row.blocking} requests that block")
    return missed
