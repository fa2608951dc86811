"""`manage.py prepare`: what a deployment runs once before its services start."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console

from careers.credentials.keys import ensure_key
from portal.quickstart.prepare import load_sample


class Command(BaseCommand):
    help = "Brings database and address of the site up to date, makes the key of Open Badges. Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--sample", action="store_true", help="Load the sample community, too.")

    def handle(self, *args: Any, sample: bool, **options: Any) -> None:
        if sample and settings.HTTPS:
            raise CommandError("The sample accounts' passwords are public: --sample is for an http:// BASE_URL only.")
        # the site gets the address in BASE_URL after every migrate (home.apps)
        call_command("migrate", interactive=False, verbosity=options["verbosity"])
        ensure_key()
        if sample:
            load_sample(Console())
