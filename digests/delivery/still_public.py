"""Whether what some digests show is still public: asked by the very statement that counts a copy of one of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.utils import timezone
from wagtail.models import Page, PageQuerySet

from digests.selection import Digest
from digests.selection.candidates import not_ended
from home.models import ContentPage
from home.querysets import unrestricted


class Condition(NamedTuple):
    """A condition in SQL, with its parameters."""

    sql: str
    parameters: tuple[Any, ...]


class StillPublic:
    """Holds for digests that show public pages only. Its `condition` is built once for all of them, and fails for
    all of them when one of their pages is withdrawn; what ends by its own date each digest is asked by `has_ended`."""

    def __init__(self, digests: Iterable[Digest]) -> None:
        shown = {page.pk for digest in digests for page in _pages(digest)}
        public = Page.objects.live().filter(unrestricted(), not_ended(timezone.now())).order_by()
        self._pages = set(public.filter(pk__in=shown).values_list("pk", flat=True))
        self.condition = _number_is(public.filter(pk__in=self._pages), len(self._pages)) if self._pages else None

    def holds_for(self, digest: Digest) -> bool:
        return all(page.pk in self._pages for page in _pages(digest))


def _number_is(pages: PageQuerySet, number: int) -> Condition:
    sql, parameters = pages.values("pk").query.sql_with_params()
    return Condition(f"(SELECT COUNT(*) FROM ({sql}) AS public) = %s", (*parameters, number))  # noqa: S608 - Django's own


def has_ended(digest: Digest, now: datetime) -> bool:
    return any(page.expire_at and page.expire_at <= now for page in _pages(digest))


def _pages(digest: Digest) -> list[ContentPage]:
    return [*digest.pages, *(step.page for step in digest.steps), *digest.evenings]
