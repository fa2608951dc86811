"""What is scheduled and does not fit together. Pure: entries in, clashes out.

A page goes live before what it needs is ready, or lacks something of which nobody knows when it comes; just after a
digest has closed that would have told of it; after what it announces; or when its time is already over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from home.desk.schedule import CLOSES, EXPIRES, GOES_LIVE, HAPPENS, READY, Entry

#: Whoever publishes within this time after a digest has closed has probably meant to be in it.
JUST_MISSED = timedelta(hours=24)


class Kind(StrEnum):
    NOT_READY = "not-ready"
    LACKS = "lacks"
    MISSES = "misses"
    TOO_LATE = "too-late"
    OVER = "over"


@dataclass(frozen=True)
class Clash:
    """`live` is what goes live; `other` what it does not fit, or `lack` what it wants."""

    kind: Kind
    live: Entry
    other: Entry | None = None
    lack: str = ""


def find(entries: Iterable[Entry], lacks: Mapping[int, Sequence[str]] | None = None) -> list[Clash]:
    """Return the clashes in the order of what goes live. The order of `entries` does not matter."""
    listed = sorted(entries, key=lambda entry: (entry.at, entry.title))
    closing = [entry for entry in listed if entry.what == CLOSES]
    return [
        clash
        for live in listed
        if live.what == GOES_LIVE
        for clash in (
            *_by_its_own(live, [entry for entry in listed if entry.page == live.page and live.page is not None]),
            *(Clash(Kind.LACKS, live, lack=words) for words in _lacks_of(live, lacks or {})),
            *_missed(live, closing),
        )
    ]


def _by_its_own(live: Entry, same_page: Sequence[Entry]) -> list[Clash]:
    rules = (
        (Kind.NOT_READY, READY, lambda other: other.at > live.at),
        (Kind.TOO_LATE, HAPPENS, lambda other: other.at < live.at),
        (Kind.OVER, EXPIRES, lambda other: other.at <= live.at),
    )
    return [Clash(kind, live, o) for kind, what, clashes in rules for o in same_page if o.what == what and clashes(o)]


def _lacks_of(live: Entry, lacks: Mapping[int, Sequence[str]]) -> Sequence[str]:
    """What goes live by itself once it is ready lacks nothing then."""
    return () if live.about or live.page is None else lacks.get(live.page, ())


def _missed(live: Entry, closing: Sequence[Entry]) -> list[Clash]:
    """Of several digests that have just closed, all: their readers are not the same."""
    if live.about or live.page is None:
        return []
    just = (entry for entry in closing if timedelta() <= live.at - entry.at < JUST_MISSED)
    return [Clash(Kind.MISSES, live, entry) for entry in just]
