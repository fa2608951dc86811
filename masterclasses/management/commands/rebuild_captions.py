"""Derive the transcript and the search in captions anew, after a change of the rules or an import."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from masterclasses.captions.cues import rebuild
from masterclasses.models import Cue


class Command(BaseCommand):
    help = "Derives the single captions of all parts from their WebVTT text and indexes them for the search."

    def handle(self, *args: Any, **options: Any) -> None:
        changed = rebuild()
        self.stdout.write(f"{Cue.objects.count()} captions; {changed} files had changed.")
