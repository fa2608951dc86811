"""Keeping the ledger small: what is older than a week is kept as its union, person by person and part by part.

A beat that comes once more after that is written once more, which changes no union, and goes with the next settling.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from masterclasses.models import WatchBeat
from masterclasses.watching import ledger
from masterclasses.watching.beats import Beat
from masterclasses.watching.intervals import union

YOUNG = timedelta(days=7)
#: So many ledgers at a time; the next tick takes the next ones.
CHUNK = 500


def settle(now: datetime | None = None, *, chunk: int = CHUNK) -> int:
    """Compact the ledgers with the most old beats and return how many there were."""
    before = (now or timezone.now()) - YOUNG
    old = WatchBeat.objects.filter(measured_at__lt=before).exclude(session=WatchBeat.SETTLED)
    pairs = old.values_list("person", "part").annotate(rows=Count("pk")).order_by("-rows")[:chunk]
    found = list(pairs)
    for person, part, _rows in found:
        settle_one(person=person, part=part, before=before)
    return len(found)


@transaction.atomic
def settle_one(*, person: int, part: int, before: datetime) -> None:
    """Put the union of the beats from before that time in their place."""
    coverage = ledger.take(person=person, part=part)
    old = ledger.beats_of(coverage).filter(measured_at__lt=before)
    rows = list(old.values_list("start", "end", "measured_at"))
    latest = max((measured.timestamp() for _start, _end, measured in rows), default=0.0)
    spans = union((start, end) for start, end, _measured in rows)
    old.delete()
    settled = [Beat(place, start, end, 1.0, latest) for place, (start, end) in enumerate(spans)]
    ledger.write(coverage, WatchBeat.SETTLED, settled)
