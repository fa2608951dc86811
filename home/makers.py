"""Who made which page. Upper floors say in which of their models a person is credited.

makers.register("careers.ArticleAuthor", page="article", person="person")
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Q

from home.models import Person


@dataclass(frozen=True)
class Credit:
    """A model with one row per person and page: `page` and `person` are its foreign keys."""

    model: str
    page: str
    person: str

    @property
    def rows(self) -> Any:
        return apps.get_model(self.model)._default_manager.all()


_registered: dict[str, Credit] = {}


def register(model: str, *, page: str, person: str = "person") -> None:
    _registered[model] = Credit(model, page, person)


def made_by(person: Person) -> Q:
    """Return the condition on ContentPage that the person is credited; no page at all if no model is registered."""
    made = Q(pk__in=[])
    for credit in _registered.values():
        made |= Q(pk__in=credit.rows.filter(**{credit.person: person}).order_by().values(f"{credit.page}_id"))
    return made


def makers_of(pages: Iterable[int]) -> dict[int, list[Person]]:
    """Return the people credited for each page id, in one query for each registered model."""
    wanted = list(pages)
    makers: dict[int, list[Person]] = defaultdict(list)
    for credit in _registered.values():
        rows = credit.rows.filter(**{f"{credit.page}__in": wanted}).select_related(credit.person)
        for row in rows:
            makers[getattr(row, f"{credit.page}_id")].append(getattr(row, credit.person))
    return makers
