"""`manage.py credential_keys`: the keys that Open Badges are signed with."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from careers.credentials.issuer import key_address
from careers.credentials.keys import ensure_key, make_key
from careers.models import SigningKey


class Command(BaseCommand):
    help = (
        "make: make a key if there is none. rotate: make a new one, which signs from now on; the old ones stay "
        "published, so that what they signed can be checked. list: say which there are."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["make", "rotate", "list"])

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        if action == "make":
            ensure_key()
        elif action == "rotate":
            make_key()
        for number, key in enumerate(SigningKey.objects.all()):
            role = "signs" if number == 0 else "verifies"
            self.stdout.write(f"{key.created_at:%Y-%m-%d}  {role:<8}  {key_address(key.kid)}")
