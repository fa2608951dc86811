"""`manage.py quickstart`: from a clone to a living portal."""

from __future__ import annotations

import logging
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console

from careers.credentials.keys import ensure_key
from portal.quickstart import checks, prepare, processes
from portal.sample.loader import ACCOUNTS


class Command(BaseCommand):
    help = "Creates the database, loads the sample community, and runs web server, workers and schedule until Ctrl-C."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="Port of the web server (8000).")
        parser.add_argument("--no-serve", action="store_true", help="Prepare everything, start nothing.")

    def handle(self, *args: Any, port: int, no_serve: bool, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("quickstart is for PORTAL_MODE=embedded: docs/operators says how production is started.")
        checks.require_writable(settings.DATA_DIR)
        if not no_serve:
            checks.require_free_port(port)
        console = Console()
        logging.disable(logging.INFO)  # the bars say what is being done
        prepare.install_player(console)
        prepare.migrate(console)
        ensure_key()
        prepare.address_site(port)
        prepare.load_sample(console)
        if no_serve:
            console.print("Everything is prepared.")
            return
        console.print("Starting web server, workers and schedule …")
        sys.exit(processes.run(port, lambda: self.announce(console, port)))

    def announce(self, console: Console, port: int) -> None:
        address = f"http://localhost:{port}"
        console.print(f"\n[bold green]The portal is ready:[/] {address}/\n")
        console.print(f"  editors      {address}/admin/")
        console.print(f"  sent mail    {address}/dev/outbox/\n")
        for account in ACCOUNTS:
            console.print(f"  {account['email']:<26} password {account['password']}")
        console.print("\nCtrl-C stops everything.\n")
