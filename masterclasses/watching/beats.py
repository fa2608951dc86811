"""Beats as players send them.

Pure: times are in seconds since 1970, by the server's clock.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

SLOWEST, FASTEST = 0.5, 2.0
LARGEST_SEQUENCE = 2**31 - 1


class Refusal(StrEnum):
    """Why a beat does not count."""

    NUMBERS = "numbers"
    RATE = "rate"
    FUTURE = "future"
    OLD = "old"
    EARLY = "early"
    TOO_MUCH = "too_much"


@dataclass(frozen=True)
class Beat:
    """`start` to `end` of the film, in seconds, played without a jump; at `measured` the player was at `end`."""

    sequence: int
    start: float
    end: float
    rate: float
    measured: float

    @property
    def wall(self) -> float:
        """The seconds that playing it takes."""
        return (self.end - self.start) / self.rate

    def within(self, length: float) -> Beat:
        """The same, ending with the film."""
        return replace(self, start=min(self.start, length), end=min(self.end, length))


def read_beat(raw: object) -> Beat | Refusal:
    """Read `{"sequence", "from", "to", "rate", "at"}`, where `at` is in milliseconds since 1970."""
    if not isinstance(raw, Mapping):
        return Refusal.NUMBERS
    sequence, *numbers = (number_in(raw, name) for name in ("sequence", "from", "to", "rate", "at"))
    if sequence is None or sequence > LARGEST_SEQUENCE or sequence % 1 or None in numbers:
        return Refusal.NUMBERS
    start, end, rate, at = (number or 0.0 for number in numbers)
    if end < start:
        return Refusal.NUMBERS
    if not SLOWEST <= rate <= FASTEST:
        return Refusal.RATE
    return Beat(sequence=int(sequence), start=start, end=end, rate=rate, measured=at / 1000)


def number_in(raw: Mapping[str, Any], name: str) -> float | None:
    """Return the finite number of 0 or more that has this name; None for anything else."""
    value = raw.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) and number >= 0 else None
