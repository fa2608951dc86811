"""`manage.py messages`: brings new strings into the translations, and compiles them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

#: Folders without strings of ours.
ELSEWHERE = [".venv", "node_modules", "tests", "var", "staticfiles"]


class Command(BaseCommand):
    help = "For developers: collects strings into locale/*/LC_MESSAGES/django.po (needs gettext) and compiles them."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--compile-only", action="store_true", help="Only compile; needs no gettext programs.")

    def handle(self, *args: Any, compile_only: bool, **options: Any) -> None:
        try:
            import polib
        except ImportError as error:
            raise CommandError("polib is missing: it comes with the development tools, `uv sync`.") from error
        folder = settings.BASE_DIR / "locale"
        if not compile_only:
            codes = [path.name for path in folder.iterdir() if path.is_dir()]
            call_command("makemessages", locale=codes, ignore_patterns=ELSEWHERE, no_wrap=True, no_location=True)
        for path in sorted(folder.glob("*/LC_MESSAGES/django.po")):
            catalogue = polib.pofile(str(path))
            catalogue.save_as_mofile(str(path.with_suffix(".mo")))
            missing = len(catalogue.untranslated_entries()) + len(catalogue.fuzzy_entries())
            self.stdout.write(f"{path.parts[-3]}: {len(catalogue)} strings, {missing} to translate")
