"""What of a row is handed over, and how a value reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.db.models import BinaryField, Field, FileField, Model
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.privacy import registry
from accounts.privacy.walking import Link

#: Whoever has one of these is let in somewhere.
SECRET = re.compile(r"(^|_)(password|secret|token|key|hash|session_version)$")


def shown_fields(model: type[Model], *, only: tuple[str, ...] | None = None, but: str = "") -> list[Field[Any, Any]]:
    """The columns that are exported, in the model's order; `but` is the one that names the person."""
    hidden = {but, *registry.hidden(model._meta.label)}
    return [
        field
        for field in (*model._meta.concrete_fields, *model._meta.many_to_many)
        if field.name not in hidden
        and not SECRET.search(field.name)
        and not isinstance(field, BinaryField)
        and not (field.remote_field and getattr(field.remote_field, "parent_link", False))
        and (only is None or field.name in only)
    ]


def fields_of(link: Link) -> list[Field[Any, Any]]:
    only = link.kept.fields if link.kept and not link.above else None
    return shown_fields(link.model, only=only, but=link.field.name)


def value_of(row: Model, field: Field[Any, Any], person: User) -> Any:
    """A plain value; a row that is referred to by its name, other people by no name at all."""
    if field.many_to_many:
        return [str(other) for other in getattr(row, field.name).all()]
    if isinstance(field, FileField):
        return getattr(row, field.name).name
    if not field.is_relation:
        return getattr(row, field.name)
    if getattr(row, field.attname) is None:
        return None
    if field.related_model is User:
        return _("you") if getattr(row, field.attname) == person.pk else _("another person")
    return str(getattr(row, field.name))


def files_of(rows: Iterator[Any], fields: list[Field[Any, Any]]) -> Iterator[Any]:
    """The files that belong to rows, opened by nobody yet."""
    columns = [field.name for field in fields if isinstance(field, FileField)]
    for row in rows if columns else ():
        yield from (file for file in (getattr(row, name) for name in columns) if file)
