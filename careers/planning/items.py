"""What is packed into sessions, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Item:
    """Something to learn that takes so many `minutes`, at the person's speed.

    A `divisible` one may go on in another session. It waits until all pages in `after` are placed.
    """

    page_id: int
    minutes: int
    divisible: bool = False
    required: bool = True
    after: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Piece:
    """`minutes` of an item, of which `before` minutes were planned earlier; `last` when nothing of it is left."""

    item: Item
    minutes: int
    before: int = 0
    last: bool = True


class Reason(StrEnum):
    NO_TIME = "no_time"
    TOO_LONG = "too_long"
    LOCKED = "locked"
    LATER = "later"


@dataclass(frozen=True)
class Unplaced:
    """`minutes` is what could not be placed: less than the item's when its beginning could."""

    item: Item
    reason: Reason
    minutes: int


@dataclass(frozen=True)
class Packed:
    """`sessions` has as many lists of pieces as there were sessions."""

    sessions: list[list[Piece]]
    unplaced: list[Unplaced]
