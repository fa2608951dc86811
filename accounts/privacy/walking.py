"""Every row that refers to a person, found from the models themselves: a new model is covered without a word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import CASCADE, ForeignKey, ManyToOneRel, Model, QuerySet
from django.utils.text import capfirst

from accounts.models import User
from accounts.privacy import registry


@dataclass(frozen=True)
class Link:
    """A column by which rows of `model` refer to a person: itself, or by the row above that does."""

    model: type[Model]
    field: ForeignKey[Any, Any]
    above: Link | None = None

    @property
    def key(self) -> str:
        return f"{self.model._meta.label}.{self.field.name}"

    @property
    def goes(self) -> bool:
        """Whether the rows are erased with the person."""
        return self.above.goes if self.above else self.field.remote_field.on_delete is CASCADE

    @property
    def kept(self) -> registry.Kept | None:
        return None if self.goes else registry.kept((self.above or self).key)

    @property
    def title(self) -> str:
        """What the rows are called, and by which column where there are several."""
        name = capfirst(str(self.model._meta.verbose_name_plural))
        several = [link for link in direct_links() if link.model is self.model]
        return f"{name} ({self.field.verbose_name})" if len(several) > 1 else name

    def rows(self, person: User) -> QuerySet[Any]:
        if find := registry.rows_of(self.model._meta.label):
            return find(person)
        rows = self.model._base_manager.order_by("pk")
        if self.above is None:
            return rows.filter(**{self.field.name: person})
        return rows.filter(**{f"{self.field.name}__in": self.above.rows(person).order_by().values("pk")})


def direct_links() -> list[Link]:
    """The columns that name a person; groups and rights are part of the person's own row."""
    found = [Link(column.model, column) for column in _columns_that_refer_to(User)]
    return sorted((link for link in found if link.model._meta.auto_created is not User), key=lambda link: link.key)


def links() -> list[Link]:
    """The direct links, each followed by what hangs on its rows."""
    own = direct_links()
    seen = {link.model for link in own}
    return [link for top in own for link in (top, *_below(top, seen))]


def _below(link: Link, seen: set[type[Model]]) -> Iterator[Link]:
    if not (link.goes or (link.kept and link.kept.and_below)):
        return
    for column in _columns_that_refer_to(link.model):
        model = column.model
        if column.remote_field.on_delete is CASCADE and model not in seen and not model._meta.auto_created:
            seen.add(model)
            lower = Link(model, column, link)
            yield lower
            yield from _below(lower, seen)


def _columns_that_refer_to(model: type[Model]) -> list[ForeignKey[Any, Any]]:
    relations = model._meta.get_fields(include_hidden=True)
    return [each.field for each in relations if isinstance(each, ManyToOneRel) and isinstance(each.field, ForeignKey)]
