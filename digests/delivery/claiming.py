"""Which rows a sender takes next: the longest due of the runs that go on, some at a time.

They are read run by run through `delivery_run_due`, so that a paused run of a million rows costs nothing.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from digests.models import Delivery, Run
from jobs.chunks import claim_together

#: Many enough that what is read for all of them costs each of them little, and few enough to be sent within seconds.
CHUNK = 100
#: How far ahead a sender waits for a row; one that waits longer is the sweeper's.
SOON = timedelta(seconds=5)


def take(most: int = CHUNK, now: datetime | None = None) -> list[Delivery]:
    """Claim at most so many due rows, of every run that goes on its share."""
    now = now or timezone.now()
    runs = _runs_with_due_rows(now)
    taken: list[Delivery] = []
    for others, run in zip(reversed(range(len(runs))), runs, strict=True):
        if share := -(-(most - len(taken)) // (others + 1)):
            taken += _take(run, share, now)
    return taken


def soon_due(now: datetime | None = None) -> bool:
    """Whether a row becomes due within moments."""
    return bool(_runs_with_due_rows((now or timezone.now()) + SOON))


def _runs_with_due_rows(now: datetime) -> list[Run]:
    """In any order, so that senders begin at different places."""
    due = Delivery.objects.due(now).order_by()
    going = list(Run.objects.filter(state=Run.State.GOING))
    found = [run for run in going if due.filter(run=run).exists()]
    random.shuffle(found)
    return found


@transaction.atomic
def _take(run: Run, most: int, now: datetime) -> list[Delivery]:
    """PostgreSQL's other senders pass over what is being taken; SQLite lets one transaction write at a time."""
    due = Delivery.objects.due(now).filter(run=run).select_for_update(skip_locked=True)
    rows = list(due.values_list("pk", "attempts", "deferrals")[:most])
    taken = claim_together(Delivery, _goes_together(rows), related=("subscriber",), now=now)
    for row in taken:
        row.run = run
    return taken


def _goes_together(rows: Sequence[tuple[int, int, int]]) -> list[int]:
    """A row whose work was interrupted before goes alone: should it kill its sender, then it takes no other with it."""
    if not rows:
        return []
    whole = [pk for pk, attempts, deferrals in rows if attempts <= deferrals]
    first = rows[0][0]
    return whole if first in whole else [first]
