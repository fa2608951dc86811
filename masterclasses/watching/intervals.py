"""What was played, as a union of spans: pairs (start, end) of seconds, in order, none touching another.

Nothing here knows of people, rows or clocks. Each function takes spans in any order and returns them tidy.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Span = tuple[float, float]
Spans = list[Span]
#: Seconds by which two spans may miss each other and still touch: what rounding does, never a jump.
SEAM = 0.01
#: Decimals of a second that are kept.
DECIMALS = 3


def union(*groups: Iterable[Sequence[float]]) -> Spans:
    """Return all that at least one of the spans holds; empty and backward ones hold nothing."""
    found: Spans = []
    tidy = ((round(start, DECIMALS), round(end, DECIMALS)) for group in groups for start, end in group)
    for start, end in sorted(span for span in tidy if span[0] < span[1]):
        if found and start - found[-1][1] <= SEAM:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def clip(spans: Iterable[Sequence[float]], end: float) -> Spans:
    """Return what lies between 0 and `end`."""
    return union((max(start, 0.0), min(stop, end)) for start, stop in spans)


def total(spans: Iterable[Sequence[float]]) -> float:
    """Return the seconds that the spans hold together, each counted once."""
    return round(sum(end - start for start, end in union(spans)), DECIMALS)


def holes(spans: Iterable[Sequence[float]], end: float, *, least: float = SEAM) -> Spans:
    """Return what is missing between 0 and `end`, without gaps of `least` seconds or less."""
    found, reached = [], 0.0
    for start, stop in [*clip(spans, end), (end, end)]:
        if start - reached > least:
            found.append((reached, start))
        reached = stop
    return found


def minus(spans: Iterable[Sequence[float]], taken: Iterable[Sequence[float]]) -> Spans:
    """Return what `spans` hold and `taken` do not."""
    taken = union(taken)
    left: Spans = []
    for start, end in union(spans):
        for busy_from, busy_to in taken:
            if busy_to > start and busy_from < end:
                left.append((start, busy_from))
                start = max(start, busy_to)
        left.append((start, end))
    return union(left)
