"""Which days an edition is for, and when the first and the last place on earth have them."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from digests.periods import DAY, Rhythm, key_of

#: The first and the last place that have a day: Kiribati and Baker Island.
EASTMOST, WESTMOST = timedelta(hours=14), timedelta(hours=-12)
#: How long before its first mail an edition is there for its editor.
AHEAD = {
    Rhythm.DAILY: timedelta(hours=36),
    Rhythm.WEEKLY: timedelta(days=4),
    Rhythm.MONTHLY: timedelta(days=7),
}
#: An edition gathers what came out since a reader of the same rhythm may last have heard.
GATHERS = {
    Rhythm.DAILY: timedelta(days=1),
    Rhythm.WEEKLY: timedelta(days=7),
    Rhythm.MONTHLY: timedelta(days=31),
}


@dataclass(frozen=True)
class Span:
    """The calendar days of a period, both included, wherever they are lived."""

    rhythm: Rhythm
    first: date
    last: date

    @property
    def key(self) -> str:
        return key_of(self.rhythm, self.first)

    @property
    def begins_at(self) -> datetime:
        return datetime.combine(self.first, time(), UTC) - EASTMOST

    @property
    def ends_at(self) -> datetime:
        return datetime.combine(self.last + DAY, time(), UTC) - WESTMOST

    @property
    def opens_at(self) -> datetime:
        return self.begins_at - AHEAD[self.rhythm]

    @property
    def gathers_from(self) -> datetime:
        return self.begins_at - GATHERS[self.rhythm]


def span_of(rhythm: str, day: date) -> Span:
    """The period of this rhythm that the day lies in."""
    if rhythm == Rhythm.DAILY:
        return Span(Rhythm.DAILY, day, day)
    if rhythm == Rhythm.WEEKLY:
        monday = day - day.weekday() * DAY
        return Span(Rhythm.WEEKLY, monday, monday + 6 * DAY)
    first = day.replace(day=1)
    return Span(Rhythm.MONTHLY, first, first.replace(day=monthrange(day.year, day.month)[1]))


def spans_at(now: datetime) -> list[Span]:
    """Every period for which an edition is to be there now: open for editing, or going out somewhere."""
    found: list[Span] = []
    for rhythm in Rhythm:
        span = span_of(rhythm, (now + WESTMOST).date())
        while span.opens_at <= now:
            if now < span.ends_at:
                found.append(span)
            span = span_of(rhythm, span.last + DAY)
    return found
