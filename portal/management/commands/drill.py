"""`manage.py drill video|progress|digest`: is what the portal promises about its work true on this machine?"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.table import Table

from portal.drills.kinds import DRILLS
from portal.drills.scratch import scratch


class Command(BaseCommand):
    help = "Kills real processes at random while they work on scratch data; checks that nothing was lost or doubled."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        drills = parser.add_subparsers(dest="drill", required=True)
        for name, kind in DRILLS.items():
            one = drills.add_parser(name, help=kind.HELP)
            kind.add_arguments(one)
            one.add_argument("--seed", type=int, help="Repeats the choices of an earlier drill.")
            one.add_argument("--template", default="", help="A migrated database to begin with: a file, or a name.")
            one.add_argument("--json", action="store_true", help="Print the result as JSON.")

    def handle(self, *args: Any, drill: str, **options: Any) -> None:
        kind = DRILLS[drill]
        seed = options["seed"] if options["seed"] is not None else random.SystemRandom().randrange(10**6)
        arguments = {name: options[name] for name in kind.LEAST} | {"seed": seed}
        for name, least in kind.LEAST.items():
            if arguments[name] < least:
                raise CommandError(f"--{name} must be at least {least}.")
        console = Console(stderr=options["json"])
        result = perform(kind.MODULE, arguments, console, template=options["template"])
        if options["json"]:
            self.stdout.write(json.dumps(result, indent=2))
        else:
            show(console, drill, result)
        if not result["passed"]:
            sys.exit(1)


def perform(module: str, arguments: dict[str, Any], console: Console, *, template: str = "") -> dict[str, Any]:
    """Run the drill in processes of its own, on scratch data."""
    with scratch(template=template) as place:
        console.print(f"Seed {arguments['seed']}. Your own data is not touched; the drill uses and then removes:")
        for words in place.words:
            console.print(f"  {words}", highlight=False)
        ended = subprocess.run(
            [sys.executable, "-m", "portal.drills", module, json.dumps(arguments)],
            cwd=settings.BASE_DIR,
            env=place.env,
            stdout=subprocess.PIPE,
            check=False,
        )
    if not ended.stdout:
        raise CommandError("The drill itself broke off; what it said is above.")
    result: dict[str, Any] = json.loads(ended.stdout)
    return result


def show(console: Console, drill: str, result: dict[str, Any]) -> None:
    table = Table(title=f"{drill.capitalize()} drill")
    table.add_column("Promise")
    table.add_column("Kept")
    for check in result["checks"]:
        kept = "[red]no[/]: " + "; ".join(check["violations"]) if check["violations"] else "[green]yes[/]"
        table.add_row(check["promise"], kept)
    console.print(table)
    for words in result["words"]:
        console.print(words)
    console.print(f"{result['seconds']:.0f} s, seed {result['seed']}.")
