"""Subscribers over time, from the rows that are there: who was erased is in no month any more."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from digests.models import ConsentReceipt, Subscriber
from digests.periods import Rhythm
from home.models import Area

MONTHS = 12
Status, Event = Subscriber.Status, ConsentReceipt.Event
#: By group, then by month: how many came or went.
Moves = dict[Any, Counter[date]]


@dataclass(frozen=True)
class Line:
    label: str
    numbers: list[int]


@dataclass(frozen=True)
class Figures:
    """For each line one number for the end of each month, the present one up to now."""

    months: list[date]
    by_rhythm: list[Line]
    by_area: list[Line]


def subscribers_over_time(*, now: datetime | None = None) -> Figures:
    """Seven queries, however many subscribers, months or areas there are."""
    months = last_months(timezone.localdate(now or timezone.now()))
    rhythm = _lines([(each.value, str(each.label)) for each in Rhythm], months, by="rhythm")
    areas = [(area.pk, area.local.title) for area in Area.objects.all()]
    return Figures(months, rhythm, _lines(areas, months, by="areas"))


def last_months(today: date) -> list[date]:
    """The first days of the last twelve months, the present one included."""
    number = today.year * 12 + today.month - 1
    return [date(each // 12, each % 12 + 1, 1) for each in range(number - MONTHS + 1, number + 1)]


def _lines(groups: Iterable[tuple[Any, str]], months: list[date], *, by: str) -> list[Line]:
    came, went = _came(by), _went(by)
    return [
        Line(label, [_standing(came[key], month) - _standing(went[key], month) for month in months])
        for key, label in groups
    ]


def _standing(moves: Counter[date], month: date) -> int:
    return sum(number for when, number in moves.items() if when <= month)


def _came(by: str) -> Moves:
    return _by_month(Subscriber.objects.filter(confirmed_at__isnull=False), "confirmed_at", by)


def _went(by: str) -> Moves:
    """Who left, and whose address was suppressed: for the latter their receipts say when."""
    confirmed = Subscriber.objects.filter(confirmed_at__isnull=False)
    left = _by_month(confirmed.filter(status=Status.UNSUBSCRIBED, unsubscribed_at__isnull=False), "unsubscribed_at", by)
    suppressed = confirmed.filter(status=Status.SUPPRESSED, receipts__event=Event.SUPPRESSED)
    for group, months in _by_month(suppressed, "receipts__created_at", by).items():
        left[group] += months
    return left


def _by_month(rows: QuerySet[Subscriber], field: str, by: str) -> Moves:
    moves: Moves = defaultdict(Counter)
    counted = (
        rows.order_by().annotate(month=TruncMonth(field)).values_list(by, "month").annotate(Count("pk", distinct=True))
    )
    for group, month, number in counted:
        moves[group][timezone.localtime(month).date()] += number
    return moves
