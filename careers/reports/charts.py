"""Bars, as templates/careers/admin/bars.html draws them. Lengths are in the units of the drawing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from careers.reports.bands import Band, smallest_group

LABELS, BARS, NUMBERS, ROW = 250, 370, 100, 34
LONGEST_LABEL = 34
SLIVER = 6


@dataclass(frozen=True)
class Bar:
    """`steep` marks the steepest fall from the bar above."""

    label: str
    band: Band
    y: int
    length: float
    steep: bool = False

    @property
    def short_label(self) -> str:
        return self.label if len(self.label) <= LONGEST_LABEL else f"{self.label[: LONGEST_LABEL - 1].rstrip()}…"

    @property
    def middle(self) -> int:
        return self.y + ROW // 2

    @property
    def number_x(self) -> float:
        return LABELS + self.length + 8


@dataclass(frozen=True)
class Chart:
    title: str
    bars: list[Bar]
    width: int = LABELS + BARS + NUMBERS

    @property
    def height(self) -> int:
        return ROW * len(self.bars)


def chart(title: str, rows: Iterable[tuple[str, Band]], *, steep: int | None = None) -> Chart:
    """Draw bands as bars, and mark the one at the place `steep`."""
    given = list(rows)
    most = max((band.low for _label, band in given), default=0) or 1
    bars = [
        Bar(label, band, place * ROW, length_of(band, most), steep=place == steep)
        for place, (label, band) in enumerate(given)
    ]
    return Chart(title, bars)


def length_of(band: Band, most: int) -> float:
    """A band that is too small to be told of is a sliver, the same for every number in it."""
    return SLIVER if band.small else max(round(band.low * BARS / most, 1), SLIVER)


def steepest_fall(placed: Sequence[tuple[int, Band]]) -> int | None:
    """The place of the bar with the largest fall before it, seen from the bands alone; None when there is none."""
    falls = {place: before.low - band.low for (_, before), (place, band) in pairwise(placed)}
    if not falls or max(falls.values()) < smallest_group():
        return None
    return max(falls, key=lambda place: falls[place])
