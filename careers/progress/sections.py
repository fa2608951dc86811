"""What a browser without an account may have kept, section by section, for the merge at sign-in.

A section is one kind of row: read articles, played intervals, bookmarks. Upper floors register theirs. Rows come from
a browser and deserve no trust: a section drops what it does not understand, and taking the same rows twice changes
nothing the second time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from accounts.models import User

Row = dict[str, Any]


class Section(Protocol):
    def preview(self, person: User, rows: Sequence[Row]) -> list[str]:
        """Sentences that say what taking these rows would change for the person; nothing is written."""

    def take(self, person: User, rows: Sequence[Row]) -> int:
        """Write what is new for the person, and return how much that was."""


_sections: dict[str, Section] = {}


def register(name: str, section: Section) -> None:
    _sections[name] = section


def registered() -> dict[str, Section]:
    return dict(_sections)
