"""What several sessions with an article add up to, and when that is plausibly a reading of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

#: Somebody fast reads an article in this share of its minutes (550 words a minute, where we count 220).
SHARE_OF_MINUTES = 0.4
#: Beyond this share of the text its end has been in view; before the other one, its beginning.
END = 0.98
BEGINNING = 0.1


class Sitting(Protocol):
    @property
    def started_at(self) -> datetime: ...
    @property
    def heard_at(self) -> datetime: ...
    @property
    def seconds(self) -> float: ...
    @property
    def first(self) -> float: ...
    @property
    def share(self) -> float: ...


@dataclass(frozen=True)
class Reading:
    """Visible seconds, and how far up and down the text was in view, as shares of it."""

    seconds: float = 0.0
    first: float = 1.0
    share: float = 0.0

    @property
    def reached_end(self) -> bool:
        return self.share >= END

    @property
    def from_the_beginning(self) -> bool:
        return self.first <= BEGINNING


def needed_seconds(minutes: int) -> int:
    """The shortest plausible time for an article of so many reading minutes."""
    return round(max(minutes, 1) * 60 * SHARE_OF_MINUTES)


def sum_up(sittings: Iterable[Sitting], *, since: datetime | None = None) -> Reading:
    """Add the sittings up; of those that began before `since` nothing counts.

    One pair of eyes: several tabs at once give no more seconds than went by meanwhile.
    """
    counted = [sitting for sitting in sittings if since is None or sitting.started_at > since]
    if not counted:
        return Reading()
    return Reading(
        seconds=min(sum(sitting.seconds for sitting in counted), _time_covered(counted)),
        first=min(sitting.first for sitting in counted),
        share=max(sitting.share for sitting in counted),
    )


def _time_covered(sittings: Iterable[Sitting]) -> float:
    """The seconds during which at least one sitting was going on."""
    total, covered_until = 0.0, None
    for sitting in sorted(sittings, key=lambda one: one.started_at):
        begins = sitting.started_at if covered_until is None else max(sitting.started_at, covered_until)
        if sitting.heard_at > begins:
            total += (sitting.heard_at - begins).total_seconds()
            covered_until = sitting.heard_at
    return total
