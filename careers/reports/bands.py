"""Numbers of people, told so that nobody can be singled out: the rules are in docs/adr/0020-personal-data.md.

A number becomes the band of k that it lies in: "fewer than 5", "5–9", "10–14". Two bands never differ by a known
number below k, whatever is subtracted from what, so that no small group can be computed from larger ones.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Band:
    """`low` and `high` are both possible; `low` is 0 for a group that is too small to be told of."""

    low: int
    high: int

    @property
    def small(self) -> bool:
        return self.low == 0

    @property
    def words(self) -> str:
        if self.small:
            return _("fewer than %(number)d") % {"number": self.high + 1}
        return f"{self.low}–{self.high}" if self.high > self.low else str(self.low)

    def __str__(self) -> str:
        return self.words


def smallest_group() -> int:
    """How many people a group has at least that is told of."""
    return max(1, int(settings.SMALLEST_REPORTED_GROUP))


def band(number: int) -> Band:
    k = smallest_group()
    low = number // k * k
    return Band(low, low + k - 1)
