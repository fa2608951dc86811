"""How far those who begin a part get, for the editors' reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from masterclasses.models import PartPage, WatchCoverage
from masterclasses.watching.film import film_of
from masterclasses.watching.intervals import Spans, clip, total

#: Seconds of a chapter that somebody must have played to have reached it.
REACHED = 1.0
#: A part without chapters is told in so many equal pieces.
PIECES = 10


@dataclass(frozen=True)
class Reach:
    """A chapter, `start` to `end` in seconds, and how many people have played some of it; `title` may be empty."""

    title: str
    start: float
    end: float
    people: int


@dataclass(frozen=True)
class DropOff:
    """`began` people have played something of a part."""

    began: int
    chapters: tuple[Reach, ...]


def drop_off(part: PartPage) -> DropOff:
    """Tell how many people's coverage reaches into each chapter of a part, in a constant number of queries."""
    length = film_of(part).length
    played = WatchCoverage.objects.filter(part=part.pk, seconds__gt=0).values_list("spans", flat=True)
    everybody = [spans for spans in (clip(row, length) for row in played.iterator()) if spans]
    reaches = tuple(
        Reach(title, start, end, sum(_reaches(spans, start, end) for spans in everybody))
        for title, start, end in _chapters(part, length)
    )
    return DropOff(began=len(everybody), chapters=reaches)


def _reaches(spans: Spans, start: float, end: float) -> bool:
    within = [(max(first, start), min(last, end)) for first, last in spans if first < end and last > start]
    return total(within) >= min(REACHED, (end - start) / 2)


def _chapters(part: PartPage, length: float) -> Sequence[tuple[str, float, float]]:
    """The chapters within the film, the first from its beginning; equal pieces where there are none."""
    named = list(part.chapters.filter(start__lt=length).order_by("start").values_list("title", "start"))
    if not named:
        return [("", n * length / PIECES, (n + 1) * length / PIECES) for n in range(PIECES)] if length else []
    starts = [0.0, *(float(start) for _title, start in named[1:]), length]
    return [(title, starts[place], starts[place + 1]) for place, (title, _start) in enumerate(named)]
