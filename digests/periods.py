"""When a digest is due: exactly once in each local day, week or month, at the chosen local hour. No database.

A *period* is a calendar day, ISO week (ISO 8601) or month of the subscriber's own calendar. Its key comes from
the calendar and never from the run that finds it due, so that two runs mean the same digest.
"""

from __future__ import annotations

import logging
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import models
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)
DAY = timedelta(days=1)


class Rhythm(models.TextChoices):
    DAILY = "daily", _("Daily")
    WEEKLY = "weekly", _("Weekly")
    MONTHLY = "monthly", _("Monthly")


#: The least time between two digests, whatever a subscriber changes in between: the shorter of the two rhythms' times.
LEAST_GAP = {
    Rhythm.DAILY: timedelta(hours=20),
    Rhythm.WEEKLY: timedelta(days=6),
    Rhythm.MONTHLY: timedelta(days=27),
}


@dataclass(frozen=True)
class Schedule:
    """`hour` is 0 to 23, `weekday` 0 (Monday) to 6, `month_day` 1 to 31 and at most the month's last."""

    rhythm: Rhythm
    hour: int
    time_zone: str
    weekday: int = 0
    month_day: int = 1


@dataclass(frozen=True, order=True)
class Period:
    due_at: datetime
    key: str


def periods(schedule: Schedule, *, after: datetime) -> Iterator[Period]:
    """Yield, in order and without end, the periods that are due strictly after `after`."""
    zone = zone_of(schedule.time_zone)
    start = after.astimezone(zone).date() - DAY
    for day, key in _days(schedule, start):
        due_at = _instant(datetime.combine(day, time(schedule.hour)), zone)
        never_was = schedule.rhythm == Rhythm.DAILY and not _was_there(day, zone)
        if due_at > after and not never_was:
            yield Period(due_at, key)


@dataclass(frozen=True)
class Before:
    """What a subscriber had: the time and rhythm of the last digest, and the keys of periods that have theirs."""

    last: datetime
    rhythm: str
    taken: frozenset[str] = frozenset()


def next_period(schedule: Schedule, *, after: datetime, last: datetime | None = None) -> Period:
    """Return the first period due after `after`, and not too soon after `last`, the time of the digest before."""
    return next_period_after_change(schedule, after=after, before=Before(last, schedule.rhythm) if last else None)


def next_period_after_change(schedule: Schedule, *, after: datetime, before: Before | None) -> Period:
    """The same for whoever had another rhythm until now: the first digest comes no sooner than the quicker of both
    rhythms would have brought it, and never in a period that has had its own."""
    if before is not None:
        gap = min(LEAST_GAP[Rhythm(rhythm)] for rhythm in (schedule.rhythm, before.rhythm))
        after = max(after, before.last + gap - timedelta(microseconds=1))
    taken = before.taken if before else frozenset()
    return next(period for period in periods(schedule, after=after) if period.key not in taken)


def due_periods(schedule: Schedule, *, first: datetime, now: datetime) -> list[Period]:
    """Return the periods due from `first` up to and including `now`."""
    found: list[Period] = []
    for period in periods(schedule, after=first - timedelta(microseconds=1)):
        if period.due_at > now:
            break
        found.append(period)
    return found


def key_of(rhythm: str, day: date) -> str:
    """The key of the period of this rhythm that the day lies in."""
    if rhythm == Rhythm.DAILY:
        return f"daily {day.isoformat()}"
    return f"weekly {day:%G-W%V}" if rhythm == Rhythm.WEEKLY else f"monthly {day.year}-{day.month:02}"


def rhythm_of(key: str) -> str:
    """The rhythm that a period's key was made by; none for a digest outside any rhythm."""
    name = key.partition(" ")[0]
    return name if name in Rhythm.values else ""


def zone_of(name: str) -> ZoneInfo:
    """The zone; UTC for a name that the time zone database has dropped, so that one person holds up nobody else."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        logger.warning("The time zone %s is not known here: using UTC.", name)
        return ZoneInfo("UTC")


def _days(schedule: Schedule, start: date) -> Iterator[tuple[date, str]]:
    """The day on which each period's digest is due, and the period's key, from the period of `start` on."""
    if schedule.rhythm == Rhythm.DAILY:
        for days in count():
            day = start + days * DAY
            yield day, key_of(Rhythm.DAILY, day)
    elif schedule.rhythm == Rhythm.WEEKLY:
        monday = start - start.weekday() * DAY
        for weeks in count():
            day = monday + timedelta(weeks=weeks, days=schedule.weekday)
            yield day, key_of(Rhythm.WEEKLY, day)
    else:
        for months in count():
            year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
            last_day = monthrange(year, month + 1)[1]
            day = date(year, month + 1, min(schedule.month_day, last_day))
            yield day, key_of(Rhythm.MONTHLY, day)


def _instant(local: datetime, zone: ZoneInfo) -> datetime:
    """Return the UTC time of a local one: the first of two, or the first valid one after a gap."""
    aware = local.replace(tzinfo=zone, fold=0)
    instant = aware.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == local:
        return instant
    return _end_of_gap(aware.replace(fold=1).astimezone(UTC), instant, zone)


def _end_of_gap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The instant at which the clocks were put forward, found by halving; `before` lies ahead of it."""
    old_offset = before.astimezone(zone).utcoffset()
    low, high = 0, int((after - before).total_seconds())
    while high - low > 1:
        middle = (low + high) // 2
        if (before + timedelta(seconds=middle)).astimezone(zone).utcoffset() == old_offset:
            low = middle
        else:
            high = middle
    return before + timedelta(seconds=high)


def _was_there(day: date, zone: ZoneInfo) -> bool:
    """Whether a zone had that day at all: Samoa went from the 29th to the 31st of December 2011."""
    return _instant(datetime.combine(day, time(12)), zone).astimezone(zone).date() == day
