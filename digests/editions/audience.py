"""To how many an edition goes, and when: from the rows that say when each subscriber's next digest is due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from digests.models import Edition, Subscriber
from digests.periods import key_of, zone_of


@dataclass
class Hour:
    """Subscribers who get it at this hour of their own day, and the first and last instant at which some of them do."""

    hour: int
    number: int
    first: datetime
    last: datetime


@dataclass(frozen=True)
class Audience:
    hours: list[Hour]

    @property
    def number(self) -> int:
        return sum(hour.number for hour in self.hours)

    @property
    def first(self) -> datetime | None:
        return min((hour.first for hour in self.hours), default=None)

    @property
    def last(self) -> datetime | None:
        return max((hour.last for hour in self.hours), default=None)


def audience_of(edition: Edition) -> Audience:
    """Who is still to get it. One query, whose rows grow with zones and hours, not with subscribers."""
    span = edition.span
    due = Subscriber.objects.confirmed().filter(rhythm=edition.rhythm)
    due = due.filter(next_due_at__gte=span.begins_at, next_due_at__lt=span.ends_at).order_by()
    hours: dict[int, Hour] = {}
    for due_at, zone, number in due.values_list("next_due_at", "time_zone").annotate(Count("pk")):
        local = due_at.astimezone(zone_of(zone))
        if key_of(edition.rhythm, local.date()) == edition.period_key:
            hour = hours.setdefault(local.hour, Hour(local.hour, 0, due_at, due_at))
            hour.number += number
            hour.first, hour.last = min(hour.first, due_at), max(hour.last, due_at)
    return Audience([hours[hour] for hour in sorted(hours)])


@dataclass(frozen=True)
class Outlook:
    """How many are still to get an edition, and when the first of them is due."""

    number: int = 0
    first: datetime | None = None


def outlooks_of(editions: Sequence[Edition]) -> dict[int, Outlook]:
    """By edition. One query."""
    if not editions:
        return {}
    begin, end = min(e.span.begins_at for e in editions), max(e.span.ends_at for e in editions)
    due = Subscriber.objects.confirmed().filter(next_due_at__gte=begin, next_due_at__lt=end).order_by()
    by_key: dict[str, Outlook] = defaultdict(Outlook)
    rows = due.values_list("rhythm", "next_due_at", "time_zone").annotate(Count("pk"))
    for rhythm, due_at, zone, number in rows:
        key = key_of(rhythm, due_at.astimezone(zone_of(zone)).date())
        known = by_key[key]
        by_key[key] = Outlook(known.number + number, min(known.first or due_at, due_at))
    return {edition.pk: by_key[edition.period_key] for edition in editions}


def audiences_of(editions: Sequence[Edition]) -> dict[int, int]:
    """How many are still to get each of these editions. One query."""
    return {pk: outlook.number for pk, outlook in outlooks_of(editions).items()}
