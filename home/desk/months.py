"""Months as a calendar shows them, in the time zone of whoever reads it."""

from __future__ import annotations

import re
from calendar import Calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.formats import date_format, get_format

DAY = timedelta(days=1)
#: Years that an address may ask for.
FIRST_YEAR, LAST_YEAR = 2000, 2200


@dataclass(frozen=True)
class Month:
    first: date

    @classmethod
    def asked(cls, text: str) -> Month:
        """From "2026-12"; this month for anything else."""
        found = re.fullmatch(r"(\d{4})-(\d{2})", text, re.ASCII)
        if found:
            year, month = map(int, found.groups())
            if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12:
                return cls(date(year, month, 1))
        return cls(timezone.localdate().replace(day=1))

    def __str__(self) -> str:
        return date_format(self.first, "YEAR_MONTH_FORMAT")

    @property
    def key(self) -> str:
        return self.first.strftime("%Y-%m")

    @property
    def before(self) -> Month:
        return Month((self.first - DAY).replace(day=1))

    @property
    def after(self) -> Month:
        return Month((self.first + 31 * DAY).replace(day=1))

    @property
    def weeks(self) -> list[list[date]]:
        """Whole weeks, beginning as the language has it, with the days of other months that belong to them."""
        sunday_is_zero = int(get_format("FIRST_DAY_OF_WEEK"))
        return Calendar((sunday_is_zero - 1) % 7).monthdatescalendar(self.first.year, self.first.month)

    @property
    def shown(self) -> tuple[datetime, datetime]:
        """From the beginning of the first shown week to the end of the last."""
        return midnight(self.weeks[0][0]), midnight(self.weeks[-1][-1] + DAY)

    @property
    def begins(self) -> datetime:
        return midnight(self.first)

    @property
    def ends(self) -> datetime:
        return midnight(self.after.first)


def midnight(day: date) -> datetime:
    """When the day begins where the reader is; a day of 23 or 25 hours is one all the same."""
    return datetime.combine(day, time(), tzinfo=timezone.get_current_timezone())
