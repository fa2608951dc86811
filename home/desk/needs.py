"""What waits for the person at the desk. Each floor says what it knows, in its `ready()`:

needs.register("feedback", what_readers_said, order=50)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

#: How many lines of one need are shown; the rest is behind its `address`.
SHOWN = 5


@dataclass(frozen=True)
class Line:
    """One thing: what it is, how it stands and why in a sentence, and the way out.

    `action` is what following `address` does, in a word or two; without it the title itself leads there.
    """

    title: str
    words: str = ""
    address: str = ""
    action: str = ""
    urgent: bool = False


@dataclass(frozen=True)
class Need:
    """Lines of one sort, the most urgent first. `address` leads to all of them, `total` says how many there are.

    With `asks` false nobody has to do anything: it is good to know.
    """

    heading: str
    lines: Sequence[Line]
    icon: str = "warning"
    total: int | None = None
    address: str = ""
    asks: bool = True

    @property
    def shown(self) -> Sequence[Line]:
        return self.lines[:SHOWN]

    @property
    def count(self) -> int:
        return len(self.lines) if self.total is None else self.total

    @property
    def more(self) -> int:
        return max(0, self.count - len(self.shown))


#: What this person may see and act on, in a constant number of queries; None or a need without lines: nothing.
Source = Callable[["AbstractBaseUser"], Need | None]
_sources: dict[str, tuple[int, Source]] = {}


def register(name: str, source: Source, *, order: int = 100) -> None:
    """`order` is where it stands among the others: the lower the earlier."""
    _sources[name] = (order, source)


def needs_of(person: AbstractBaseUser) -> list[Need]:
    """Return what this person is to know, in the order in which it was registered to stand."""
    ordered = sorted(_sources.values(), key=lambda entry: entry[0])
    found = (source(person) for _order, source in ordered)
    return [need for need in found if need and need.lines]
