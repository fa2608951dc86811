"""What the generic answer does not know of a row that refers to a person.

By default rows that go with the person (`on_delete=CASCADE`), and what hangs on them, are exported and erased. A row
that stays needs a reason, for people to read. Apps register in `ready()`; registering again replaces.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

if TYPE_CHECKING:
    from accounts.models import User

Rows = Callable[["User"], QuerySet[Any]]


@dataclass(frozen=True)
class Kept:
    """`fields` are all that is exported of such a row; with `and_below`, the rows that hang on it are exported too."""

    reason: Any
    fields: tuple[str, ...] | None = None
    and_below: bool = False


@dataclass(frozen=True)
class Choice:
    """Something that a person may keep when they go. `apply` is called within the transaction of the deletion."""

    name: str
    label: Any
    applies: Callable[[User], bool]
    apply: Callable[[User, bool], None]
    help_text: Any = ""


_kept: dict[str, Kept] = {}
_rows: dict[str, Rows] = {}
_secrets: dict[str, tuple[str, ...]] = {}
_choices: dict[str, Choice] = {}
_before: dict[str, Callable[[User], None]] = {}


def keep(link: str, *, reason: Any, fields: tuple[str, ...] | None = None, and_below: bool = False) -> None:
    """Say why rows stay, without the person, that refer to them by `link`: "app.Model.field"."""
    _kept[link] = Kept(reason, fields, and_below)


def kept(link: str) -> Kept | None:
    return _kept.get(link)


def all_kept() -> dict[str, Kept]:
    return dict(_kept)


def find_rows(model: str, rows: Rows) -> None:
    """Say which rows of "app.Model" are a person's, where the column alone does not know."""
    _rows[model] = rows


def rows_of(model: str) -> Rows | None:
    return _rows.get(model)


def hide(model: str, *fields: str) -> None:
    """Leave columns of "app.Model" out of exports: they would let somebody in."""
    _secrets[model] = fields


def hidden(model: str) -> tuple[str, ...]:
    return _secrets.get(model, ())


def offer(choice: Choice) -> None:
    _choices[choice.name] = choice


def choices_for(person: User) -> list[Choice]:
    return [choice for choice in _choices.values() if choice.applies(person)]


def before_erasing(name: str, tidy: Callable[[User], None]) -> None:
    """Call `tidy(person)` in the transaction of the deletion, while the person's rows are still there."""
    _before[name] = tidy


def tidy(person: User) -> None:
    for step in _before.values():
        step(person)
