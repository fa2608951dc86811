"""How fast mail may leave: of all, in a second and in an hour, and to one domain.

Senders count in one row (`Pace`), so a rate holds however many of them there are. Moments are given out ahead of time,
one after another; a domain's rows wait for theirs without keeping anybody busy.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from digests.models import Delivery, Pace

ALL = "*"
HOUR = timedelta(hours=1)
#: Tokens that a sender takes of the common row at once, and never more than a second's.
BLOCK = 20
#: Seconds that a row may come too late for its moment; after that it gets another one.
SLOT_LASTS = 60
AT_ONCE = timedelta(milliseconds=50)


@dataclass(frozen=True)
class Grant:
    """The first of `number` moments; none of them when this hour has had its share."""

    first_at: datetime
    number: int


@transaction.atomic
def reserve(name: str, *, rate: float, number: int = 1, ceiling: int = 0, now: datetime | None = None) -> Grant:
    """Take up to `number` moments at `rate` a second (0: any), of at most `ceiling` in this hour (0: any)."""
    now = now or timezone.now()
    pace, _is_new = Pace.objects.select_for_update().get_or_create(name=name)
    hour = now.replace(minute=0, second=0, microsecond=0)
    used = pace.in_hour if pace.hour == hour else 0
    if ceiling:
        number = max(min(number, ceiling - used), 0)
    first_at = max(pace.next_at or now, now)
    if rate:
        pace.next_at = first_at + timedelta(seconds=number / rate)
    pace.hour, pace.in_hour = hour, used + number
    pace.save()
    return Grant(first_at if rate else now, number)


def slot_for(row: Delivery, now: datetime) -> datetime | None:
    """When the row's domain lets it go, if that is not now. A row that comes for its moment goes."""
    rate = settings.DIGEST_DOMAIN_RATES.get(row.domain, 0)
    if not rate:
        return None
    if row.slot_at and timedelta() <= now - row.slot_at < timedelta(seconds=SLOT_LASTS):
        return None
    at = reserve(row.domain, rate=rate, now=now).first_at
    return at if at - now > AT_ONCE else None


class Pacer:
    """One sender's share of the common pace. `exhausted` once this hour has had its mails."""

    def __init__(self) -> None:
        self.rate: float = settings.DIGEST_RATE
        self.ceiling: int = settings.DIGEST_MOST_PER_HOUR
        self.exhausted = False
        self._left = 0
        self._next_at = 0.0

    def wait(self) -> bool:
        """Wait for the next moment, and return whether there is one in this hour."""
        if not self.rate and not self.ceiling:
            return True
        if not self._left:
            self._take()
        if not self._left:
            self.exhausted = True
            return False
        time.sleep(max(self._next_at - time.time(), 0))
        self._left -= 1
        self._next_at += 1 / self.rate if self.rate else 0
        return True

    def _take(self) -> None:
        block = min(BLOCK, max(int(self.rate), 1)) if self.rate else BLOCK
        grant = reserve(ALL, rate=self.rate, number=block, ceiling=self.ceiling)
        self._left, self._next_at = grant.number, grant.first_at.timestamp()

    def give_back(self) -> None:
        """What was taken and not used counts for nobody."""
        if self._left:
            Pace.objects.filter(name=ALL, in_hour__gte=self._left).update(in_hour=F("in_hour") - self._left)
            self._left = 0


def hour_is_full(now: datetime | None = None) -> bool:
    """Whether this hour has had all the mails that it may have."""
    now = now or timezone.now()
    hour = now.replace(minute=0, second=0, microsecond=0)
    ceiling = settings.DIGEST_MOST_PER_HOUR
    return bool(ceiling) and Pace.objects.filter(name=ALL, hour=hour, in_hour__gte=ceiling).exists()
