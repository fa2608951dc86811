"""Take over a WordPress export from the command line: a dry run, unless told otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError, CommandParser

from careers.models import WordPressImport
from careers.wordpress import actions, report
from careers.wordpress.work import work
from home.models import Area
from jobs.running import run

Status = WordPressImport.Status


class Command(BaseCommand):
    help = "Look at a WordPress export and say what would become of each item; with --write, take it over."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="The export: .xml, .xml.gz or .zip")
        parser.add_argument("--uploads", type=Path, help="wp-content/uploads as a zip file")
        parser.add_argument("--no-fetch", action="store_true", help="Fetch no pictures from the old site")
        parser.add_argument("--area", help="Slug of the area of articles that have none; the first one if not given")
        parser.add_argument("--write", action="store_true", help="Take it over")

    def handle(self, *args: Any, **options: Any) -> None:
        batch = self._begin(options)
        self._work(batch)
        if options["write"]:
            areas = Area.objects.filter(slug=options["area"]) if options["area"] else Area.objects.all()
            area = areas.first()
            if area is None:
                raise CommandError("There is no such area.")
            actions.start(batch=batch, areas=batch.areas, default_area=area)
            self._work(batch)
        self._say(batch)

    def _begin(self, options: dict[str, Any]) -> WordPressImport:
        uploads = options["uploads"]
        try:
            with options["file"].open("rb") as file, (uploads or options["file"]).open("rb") as pictures:
                given = File(pictures, name=uploads.name) if uploads else None
                named = File(file, name=options["file"].name)
                return actions.begin(file=named, by=None, pictures=given, fetch_pictures=not options["no_fetch"])
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error

    def _work(self, batch: WordPressImport) -> None:
        """Work here and now; a worker that was woken meanwhile finds nothing to claim, or does it for us."""
        batch.refresh_from_db()
        while batch.status in WordPressImport.OPEN:
            run(WordPressImport, batch.pk, work)
            batch.refresh_from_db()
        if batch.status == Status.FAILED:
            raise CommandError(batch.reason)

    def _say(self, batch: WordPressImport) -> None:
        words = report.verdict_words(batch)
        for note in report.head(batch):
            self.stdout.write(note)
        for item in report.rows(batch, ""):
            self.stdout.write(f"{words[item.verdict]}: {item.kind} “{item.title}”")
            for note in item.notes:
                self.stdout.write(f"    {note}")
        for line in report.sums(batch):
            self.stdout.write(f"{line['count']:6d}  {line['words']}")
        self.stdout.write(f"{batch.items_found:6d}  items in the file")
        if batch.missing:
            self.stderr.write(self.style.WARNING(report.missing_words(batch)))
