"""Packs what is left to learn into the sessions that a person has time for. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from careers.planning.items import Item, Packed, Piece, Reason, Unplaced

#: Nobody opens a video for less.
LEAST_PIECE = 5


@dataclass
class _Packer:
    rooms: Sequence[int]
    sessions: list[list[Piece]] = field(default_factory=list)
    at: int = 0
    room: int = 0

    def __post_init__(self) -> None:
        self.sessions = [[] for _room in self.rooms]
        self.room = self.rooms[0] if self.rooms else 0

    def place(self, item: Item) -> int:
        """Place what has room and return how many minutes are left over; nothing of an item that cannot be divided."""
        planned = 0
        while self.at < len(self.rooms) and planned < item.minutes:
            left = item.minutes - planned
            minutes = left if left <= self.room else self._slice(left) if item.divisible else 0
            if minutes:
                self._put(Piece(item, minutes, planned, last=minutes == left))
                planned += minutes
            if planned < item.minutes:
                self._turn_over()
        return item.minutes - planned

    def _slice(self, left: int) -> int:
        """As much as there is room for, leaving no scrap at either end."""
        minutes = min(self.room, left - LEAST_PIECE)
        return minutes if minutes >= LEAST_PIECE else 0

    def _put(self, piece: Piece) -> None:
        self.sessions[self.at].append(piece)
        self.room -= piece.minutes

    def _turn_over(self) -> None:
        self.at += 1
        self.room = self.rooms[self.at] if self.at < len(self.rooms) else 0


def pack(items: Iterable[Item], rooms: Sequence[int]) -> Packed:
    """Fill sessions of so many minutes (`rooms`, in their order) with items in theirs, the required ones first.

    No session gets more than its minutes. Later sessions never hold what comes earlier on the route. Everything is
    placed or has a reason why not.
    """
    packer, placed, unplaced = _Packer(rooms), set[int](), list[Unplaced]()
    for item in _in_order(items):
        reason = _refusal(item, rooms, placed)
        left = item.minutes if reason else packer.place(item)
        if left:
            unplaced.append(Unplaced(item, reason or Reason.LATER, left))
        else:
            placed.add(item.page_id)
    return Packed(packer.sessions, unplaced)


def _in_order(items: Iterable[Item]) -> Iterator[Item]:
    """The required before the optional, except that what a required one waits for comes with the required."""
    known = list(items)
    wanted = {page for item in known if item.required for page in item.after}
    yield from (item for item in known if item.required or item.page_id in wanted)
    yield from (item for item in known if not (item.required or item.page_id in wanted))


def _refusal(item: Item, rooms: Sequence[int], placed: set[int]) -> Reason | None:
    if not rooms:
        return Reason.NO_TIME
    if not item.after <= placed:
        return Reason.LOCKED
    longest = max(rooms)
    return Reason.TOO_LONG if item.minutes > longest and (not item.divisible or longest < 2 * LEAST_PIECE) else None
