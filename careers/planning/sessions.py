"""When the sessions of a weekly plan are, in a person's time zone. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Slot:
    """So many minutes on a weekday (Monday is 0), from a time of the wall clock."""

    weekday: int
    starts_at: time
    minutes: int


@dataclass(frozen=True)
class Session:
    """`day` is the person's; `starts_at` and `ends_at` are moments in UTC, `minutes` apart."""

    day: date
    starts_at: datetime
    minutes: int

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


def sessions_between(slots: Iterable[Slot], zone: ZoneInfo, since: datetime, until: datetime) -> list[Session]:
    """Return the sessions that end after `since` and begin before `until`, in order."""
    slots = list(slots)
    first, last = since.astimezone(zone).date() - timedelta(days=1), until.astimezone(zone).date()
    found = (
        Session(day, moment_of(day, slot.starts_at, zone), slot.minutes)
        for day in _days(first, last)
        for slot in slots
        if slot.weekday == day.weekday()
    )
    within = (session for session in found if session.ends_at > since and session.starts_at < until)
    return sorted(within, key=lambda session: session.starts_at)


def moment_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment at which a wall clock shows `at`: the first of two when clocks go back.

    A time that clocks leave out when they go forward is as long after the change as it would have been (2:30 is 3:30).
    """
    return datetime.combine(day, at.replace(fold=0), tzinfo=zone).astimezone(UTC)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))
