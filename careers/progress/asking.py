"""Asking who has completed pages that have changed. The answer is found after the commit, by a worker."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import partial
from typing import Any, Protocol, cast

from django.db import transaction
from django.db.models import F, QuerySet

from careers.models import Enrolment, PageSettlement
from careers.progress.rules import rule_for
from home.models import ContentPage
from jobs.actions import open_again
from jobs.registry import kind_of
from jobs.wakeups import wake


class Settler(Protocol):
    """A rule that knows who may have completed a page without it being written down.

    One whose ledger notes a completion, too, has a method `settle(person, page) -> bool` that writes both.
    """

    def near(self, page: ContentPage) -> QuerySet[Any, int]:
        """Ids of people that the ledger knows and no completion, as a flat query with the column `person_id`."""

    def near_any(self, pages: Sequence[ContentPage]) -> Iterable[int]:
        """The ids of those of these pages that anybody is near to."""


def settler_of(page: ContentPage) -> Settler | None:
    """The rule of the page's kind, if it knows who is near."""
    rule = rule_for(page.kind)
    return cast("Settler", rule) if hasattr(rule, "near") else None


def ask_of_page(page: ContentPage) -> None:
    """Ask of a page that can be completed, where the ledger knows anybody who has not."""
    ask_of_pages([page])


def ask_of_pages(pages: Iterable[ContentPage]) -> None:
    """The same of several: one film may stand on many parts."""
    by_settler: dict[Settler, list[ContentPage]] = {}
    for page in pages:
        if settler := settler_of(page):
            by_settler.setdefault(settler, []).append(page)
    ask_anew({pk for settler, its_pages in by_settler.items() for pk in settler.near_any(its_pages)})


def ask_of_paths(path_ids: Iterable[int]) -> None:
    """Ask of those paths that somebody follows who has not finished."""
    unfinished = Enrolment.objects.order_by().filter(path__in=list(path_ids), finished_at=None)
    ask_anew(set(unfinished.values_list("path", flat=True)))


@transaction.atomic
def ask_anew(page_ids: Collection[int]) -> None:
    """Open the rows of these pages and wake a worker after commit; as many queries for many as for one."""
    if not page_ids:
        return
    PageSettlement.objects.bulk_create([PageSettlement(page_id=pk) for pk in page_ids], ignore_conflicts=True)
    rows = PageSettlement.objects.filter(page__in=page_ids)
    # Taken before it is read whether they have ended: a worker that ends one now sees the new number, or we its end.
    rows.update(asked=F("asked") + 1)
    open_again(rows, reached=0)
    transaction.on_commit(partial(wake, kind_of(PageSettlement)), robust=True)
