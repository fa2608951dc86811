"""Counting coverage anew from the beats."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from masterclasses.models import WatchBeat
from masterclasses.watching import ledger
from masterclasses.watching.intervals import Spans, clip, total, union


def count(*, person: int, part: int) -> Spans:
    """Return the union of all beats: what the coverage has to say."""
    return union(WatchBeat.objects.filter(person=person, part=part).values_list("start", "end"))


def count_since(moment: datetime, *, person: int, part: int) -> Spans:
    """Return the union of what was played after a moment; what was compacted or kept by a browser has no moment."""
    beats = WatchBeat.objects.filter(person=person, part=part, measured_at__gt=moment)
    played = beats.exclude(session__in=[WatchBeat.SETTLED, WatchBeat.BROWSER])
    return union(played.values_list("start", "end"))


@transaction.atomic
def recount(*, person: int, part: int) -> bool:
    """Make a coverage say what the ledger says, and return whether it did not."""
    coverage = ledger.take(person=person, part=part)
    spans = count(person=person, part=part)
    if union(coverage.spans) == spans:
        return False
    coverage.spans, coverage.seconds = spans, total(clip(spans, coverage.length))
    coverage.save(update_fields=["spans", "seconds"])
    return True
