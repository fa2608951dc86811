"""What a browser kept without an account, read with suspicion, shown, and taken into the account."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from careers.progress.sections import Row, registered

if TYPE_CHECKING:
    from accounts.models import User

VERSION = 1
#: A browser keeps at most 200 000 characters and 300 rows of a kind (static/js/progress-store.js).
MOST_CHARACTERS = 250_000
MOST_ROWS = 300


class NotKept(ValueError):
    """What came is not what our script keeps: no JSON, of another version, or far too much."""


@dataclass(frozen=True)
class Kept:
    """Rows by section, and how many were dropped as nothing of ours."""

    sections: Mapping[str, list[Row]]
    dropped: int


def read_kept(text: str) -> Kept:
    """Read what a browser sends; raises NotKept."""
    if len(text) > MOST_CHARACTERS:
        raise NotKept("too much")
    try:
        found = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise NotKept("no JSON") from error
    sections = found.get("sections") if isinstance(found, dict) and found.get("version") == VERSION else None
    if not isinstance(sections, dict):
        raise NotKept("another version")
    sound = {name: _sound(name, rows) for name, rows in sections.items() if isinstance(rows, list)}
    sent = sum(len(rows) if isinstance(rows, list) else 1 for rows in sections.values())
    return Kept({name: rows for name, rows in sound.items() if rows}, sent - sum(map(len, sound.values())))


def preview(person: User, kept: Kept) -> list[str]:
    """Sentences that say what taking it would change; none where the account has everything already."""
    known = registered()
    return [sentence for name, rows in kept.sections.items() for sentence in known[name].preview(person, rows)]


@transaction.atomic
def take(person: User, kept: Kept) -> int:
    """Write what is new, all or nothing, and return how much that was: 0 the second time."""
    known = registered()
    return sum(known[name].take(person, rows) for name, rows in kept.sections.items())


def _sound(name: str, rows: list[Any]) -> list[Row]:
    """The rows that the section, if there is one of this name, can make sense of; the latest, if there are too many."""
    section: Any = registered().get(name)
    if section is None:
        return []
    understands = getattr(section, "understands", lambda _row: True)
    return [row for row in rows[-MOST_ROWS:] if isinstance(row, dict) and understands(row)]


def _refuse(constant: str) -> Any:
    raise ValueError(constant)
