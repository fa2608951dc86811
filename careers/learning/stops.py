"""Where a person has begun something and not finished it, whatever it is: articles here, videos from upper floors."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import User

#: What one source looks at; the older is not what one goes on with.
LOOKED_AT = 40
SHOWN = 3


@dataclass(frozen=True)
class Stop:
    """A page that is begun. `place` names where, `address` leads to the very place, `seconds_left` at normal speed.

    `played` is how much of it is seen, in seconds of the recording; None for what is not played.
    """

    page_id: int
    title: str
    kind: str
    kind_label: str
    address: str
    place: str
    percent: int
    seconds_left: float
    at: datetime
    played: float | None = None

    @property
    def minutes_left(self) -> int:
        return max(1, ceil(self.seconds_left / 60))


Source = Callable[["User"], Iterable[Stop]]
_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Let a kind of content say where a person stopped, in a constant number of queries, the latest first."""
    _sources[name] = source


def stops_of(
    person: User, *, done: Collection[int] = (), at_hand: Mapping[str, Iterable[Stop]] | None = None
) -> list[Stop]:
    """Return all that is begun and not among the pages `done`, the latest first.

    `at_hand` are the stops of sources, by name, that need not be asked.
    """
    known = at_hand or {}
    found = (stop for name, source in _sources.items() for stop in (known[name] if name in known else source(person)))
    return sorted((stop for stop in found if stop.page_id not in done), key=lambda stop: stop.at, reverse=True)
