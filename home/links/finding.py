"""Every address in a page, a snippet or a setting, whatever its fields are.

What a model keeps in another way, its floor says: register("app.Model", lambda row: [Found("https://…", "Field")]).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.fields import RichTextField, StreamField

from home.links.in_blocks import in_blocks
from home.links.in_rich_text import in_rich_text


@dataclass(frozen=True)
class Found:
    """An address as `WebLink` has it, the field it stands in, and the words that lead there."""

    address: str
    field: str
    words: str = ""


_finders: dict[str, Callable[[Any], Iterable[Found]]] = {}


def register(model: str, finder: Callable[[Any], Iterable[Found]]) -> None:
    """Say which addresses a row of "app.Model" has beside those in its fields."""
    _finders[model.lower()] = finder


def addresses_in(row: Any) -> list[Found]:
    """Return what is found in the row's fields and in the rows that are edited with it, without doubles."""
    found = [*_in_fields(row), *_in_children(row)]
    if finder := _finders.get(row._meta.label_lower):
        found += finder(row)
    return list(dict.fromkeys(one for one in found if _is_link(one.address)))


def _in_fields(row: Any) -> Iterator[Found]:
    for field in row._meta.get_fields():
        if not isinstance(field, models.Field):
            continue
        value, label = getattr(row, field.attname, None), str(field.verbose_name)
        if not value:
            continue
        if isinstance(field, StreamField):
            yield from (Found(_anchored(address, row), label, words) for address, words in in_blocks(value))
        elif isinstance(field, RichTextField):
            yield from (Found(_anchored(address, row), label, words) for address, words in in_rich_text(str(value)))
        elif isinstance(field, models.URLField):
            yield Found(str(value), label)


def _in_children(row: Any) -> Iterator[Found]:
    for relation in row._meta.related_objects:
        if isinstance(relation.field, ParentalKey) and (name := relation.get_accessor_name()):
            for child in getattr(row, name).all():
                yield from _in_fields(child)


def _anchored(address: str, row: Any) -> str:
    """`#name` is a place in this very page."""
    return f"anchor:{row.pk}{address}" if address.startswith("#") and len(address) > 1 else address


def _is_link(address: str) -> bool:
    """Mail addresses and telephone numbers are not checked."""
    return address.lower().startswith(("http://", "https://", "page:", "document:", "anchor:")) and len(address) <= 2000
