"""A month of all that is scheduled, day by day, with what does not fit together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from home.desk import clashes
from home.desk.clash_words import Told, tell
from home.desk.months import Month
from home.desk.needs import Line, Need
from home.desk.schedule import GOES_LIVE, Entry, entries_between, lacks_of

#: What goes live on the first of a month may have missed a digest of the last day before.
AROUND = timedelta(days=2)
#: The home page warns of clashes this long ahead.
AHEAD = timedelta(days=14)


@dataclass(frozen=True)
class Day:
    day: date
    entries: Sequence[Entry]
    inside: bool
    today: bool


def by_day(entries: Sequence[Entry]) -> dict[date, list[Entry]]:
    """By the day on which they are where the reader is."""
    days: dict[date, list[Entry]] = defaultdict(list)
    for entry in entries:
        days[timezone.localdate(entry.at)].append(entry)
    return days


def weeks_of(month: Month, entries: Sequence[Entry]) -> list[list[Day]]:
    days, today = by_day(entries), timezone.localdate()
    return [
        [Day(day, days.get(day, []), day.month == month.first.month, day == today) for day in week]
        for week in month.weeks
    ]


def clashes_between(person: Any, first: datetime, last: datetime) -> list[Told]:
    """What clashes with pages that go live in this time."""
    entries = entries_between(person, first - AROUND, last + AROUND)
    going_live = {entry.page for entry in entries if entry.what == GOES_LIVE and entry.page is not None}
    found = clashes.find(entries, lacks_of(going_live))
    return tell([clash for clash in found if first <= clash.live.at < last])


def clashes_ahead(person: Any) -> Need:
    """For the home page."""
    now = timezone.now()
    lines = [
        Line(told.live.title, _in_a_line(told), told.live.address, _("Mend it"), urgent=True)
        for told in clashes_between(person, now, now + AHEAD)
    ]
    return Need(_("Dates that clash"), lines, icon="calendar-alt", address=reverse("desk_calendar"))


def _in_a_line(told: Told) -> str:
    words = {"day": date_format(timezone.localtime(told.live.at), "WEEKDAY_DAY_FORMAT"), "facts": told.facts}
    return " ".join((_("%(day)s: %(facts)s.") % words, *told.advice))
