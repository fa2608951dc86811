"""Which row a sender takes next: the longest due of the runs that go on.

Candidates are read run by run through `delivery_run_due`, so that a paused run of a million rows costs nothing.
"""

from __future__ import annotations

import random
import time
from datetime import datetime, timedelta

from django.utils import timezone

from digests.models import Delivery, Run
from jobs.actions import claim

LOOK_AT = 50
#: Seconds after which candidates are read again: others may have become due.
FRESH_FOR = 5.0
#: How far ahead a sender waits for a row; one that waits longer is the sweeper's.
SOON = timedelta(seconds=5)


def candidates(now: datetime, *, most: int = LOOK_AT) -> list[int]:
    """The ids of rows that are due, at most so many of each run that goes on."""
    due = Delivery.objects.due(now)
    going = list(Run.objects.filter(state=Run.State.GOING).values_list("pk", flat=True))
    found = [pk for run in going for pk in due.filter(run=run).values_list("pk", flat=True)[:most]]
    # Senders that read the same list begin at different places of it.
    random.shuffle(found)
    return found


def soon_due(now: datetime | None = None) -> bool:
    """Whether a row becomes due within moments."""
    return bool(candidates((now or timezone.now()) + SOON, most=1))


class Claims:
    """Claims rows one by one from a list of candidates that is read again when it is used up or old."""

    def __init__(self) -> None:
        self._waiting: list[int] = []
        self._read_at = 0.0

    def take(self) -> Delivery | None:
        """Claim one row; None when none is to be had now."""
        for _round in range(2):
            if time.monotonic() - self._read_at > FRESH_FOR:
                self._waiting = []
            while self._waiting:
                if row := claim(Delivery, self._waiting.pop()):
                    return row
            self._waiting, self._read_at = candidates(timezone.now()), time.monotonic()
        return None
