"""The editions that go out next: what is in them, to how many, and when the first of their mails goes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import BooleanField, ExpressionWrapper, Q

from digests.editions.audience import Outlook, outlooks_of
from digests.models import Edition, EditionItem


@dataclass
class Coming:
    edition: Edition
    outlook: Outlook
    titles: list[str] = field(default_factory=list)

    @property
    def closes_at(self) -> datetime:
        """When the first mail of it is put together: what is published later comes too late for some."""
        return self.outlook.first or self.edition.goes_out_at


def coming(editions: Sequence[Edition] | None = None) -> list[Coming]:
    """Open editions of which no mail has gone, the first to go first. Three queries, however many."""
    if editions is None:
        editions = open_editions()
    outlooks, titles = outlooks_of(editions), _titles(editions)
    found = [Coming(edition, outlooks[edition.pk], titles[edition.pk]) for edition in editions]
    return sorted(found, key=lambda one: (one.closes_at, one.edition.pk))


def next_of_each_rhythm() -> list[Coming]:
    first: dict[str, Coming] = {}
    for one in coming():
        first.setdefault(one.edition.rhythm, one)
    return list(first.values())


def open_editions() -> list[Any]:
    return list(Edition.objects.with_begun().filter(state=Edition.State.OPEN, begun=False).order_by("first_day"))


def _titles(editions: Sequence[Edition]) -> dict[int, list[str]]:
    """What is in each: the portal's own language before translations, then the pinned, then the newest."""
    rows = EditionItem.objects.filter(edition__in=editions, left_out=False)
    translated = ExpressionWrapper(~Q(page__locale__language_code=settings.LANGUAGE_CODE), output_field=BooleanField())
    rows = rows.order_by(translated, "-pinned", "-page__published_on", "-page")
    titles: dict[int, list[str]] = defaultdict(list)
    for edition, title in rows.values_list("edition", "page__title"):
        titles[edition].append(title)
    return titles
