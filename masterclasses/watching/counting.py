"""Counting coverage anew from the beats."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from masterclasses.models import WatchBeat
from masterclasses.watching import ledger
from masterclasses.watching.intervals import Span, Spans, clip, total, union

TIMELESS = (WatchBeat.SETTLED, WatchBeat.BROWSER)


def count(*, person: int, part: int) -> Spans:
    """Return the union of all beats: what the coverage has to say."""
    return union(WatchBeat.objects.filter(person=person, part=part).values_list("start", "end"))


def count_many(*, person: int, since: Mapping[int, datetime | None]) -> dict[int, Spans]:
    """Return the unions of several parts by their ids, in one query: all of it, or what was played after a moment.

    What was compacted or kept by a browser has no moment.
    """
    played: dict[int, list[Span]] = defaultdict(list)
    rows = WatchBeat.objects.filter(person=person, part__in=since).order_by()
    for part, session, start, end, measured_at in rows.values_list("part", "session", "start", "end", "measured_at"):
        moment = since[part]
        if moment is None or (measured_at > moment and session not in TIMELESS):
            played[part].append((start, end))
    return {part: union(played[part]) for part in since}


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
