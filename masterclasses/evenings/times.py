"""When an evening is, from what a clock on the wall says there. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

#: Of an evening of which only the beginning is known.
USUAL_LENGTH = timedelta(hours=2)


def moment(day: date, clock: time, zone: str) -> datetime:
    """Return the moment in UTC; of an hour that comes twice when clocks go back, the first."""
    return datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)


def exists(day: date, clock: time, zone: str) -> bool:
    """Whether clocks there ever show this: when they go forward, an hour is left out."""
    local = datetime.combine(day, clock)
    return moment(day, clock, zone).astimezone(ZoneInfo(zone)).replace(tzinfo=None) == local


def span(day: date, begins: time | None, ends: time | None, zone: str) -> tuple[datetime, datetime]:
    """Return the first moment and the last in UTC: the whole day where no hour is known.

    An end that is not after the beginning is on the next day: evenings may be long.
    """
    if begins is None:
        return moment(day, time.min, zone), moment(day + timedelta(days=1), time.min, zone)
    first = moment(day, begins, zone)
    if ends is None:
        return first, first + USUAL_LENGTH
    last = moment(day, ends, zone)
    return first, last if last > first else moment(day + timedelta(days=1), ends, zone)
