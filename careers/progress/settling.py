"""The work that follows from a changed page: everybody near to it is judged, each in a transaction of their own."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import ngettext

from accounts.models import User
from careers.actions import complete, finish_what_is_due
from careers.models import Enrolment, PageSettlement
from careers.progress.asking import Settler, settler_of
from careers.progress.rules import rule_for
from home.models import ContentKind, ContentPage
from jobs import actions as jobs
from jobs.registry import kind_of
from jobs.running import Heartbeat, run_claimed
from jobs.wakeups import wake

if TYPE_CHECKING:
    from collections.abc import Callable

logger = logging.getLogger(__name__)

#: People that one turn judges before other work has the worker, and that one query names.
AT_ONCE = 200
#: Pages that one task takes.
PAGES_AT_ONCE = 20


class Followers:
    """Those of a path, who finish it when all that it requires is done."""

    def near(self, page: ContentPage) -> QuerySet[Any, int]:
        return Enrolment.objects.ready_to_finish().filter(path=page.pk).values_list("person_id", flat=True)

    def settle(self, person: User, page: ContentPage) -> bool:
        return bool(finish_what_is_due(person=person, path_ids={page.pk}))


def settle_due() -> bool:
    """Work on what is due, up to a bound; return whether more may be left."""
    for _each in range(PAGES_AT_ONCE):
        row = jobs.claim_next(PageSettlement)
        if row is None:
            return False
        run_claimed(row, settle_page)
    return True


def settle_page(row: PageSettlement) -> None:
    """Judge those who are next; end the row, or leave it due for another turn. Raises LeaseLost."""
    settler = Followers() if row.page.kind == ContentKind.PATH else settler_of(row.page)
    if not row.reached:
        jobs.renew(row, answering=row.asked, found=0)
    people = _next_people(settler, row) if settler else []
    failed = _settle_each(row, getattr(settler, "settle", settle_by_rule), people)
    if failed:
        words = ngettext("%(count)d person could not be judged.", "%(count)d people could not be judged.", failed)
        jobs.retry(row, reason=words % {"count": failed}, reached=0)
    elif len(people) == AT_ONCE:
        jobs.put_back(row, until=timezone.now())
        wake(kind_of(PageSettlement))
    else:
        _end(row)


def settle_by_rule(person: User, page: ContentPage) -> bool:
    """Complete a page for a person whose ledger says so by now."""
    rule = rule_for(page.kind)
    verdict = rule.judge(person, page) if rule else None
    return bool(verdict and verdict.complete and complete(person=person, page=page, how=verdict.how))


def _next_people(settler: Followers | Settler, row: PageSettlement) -> list[User]:
    near = settler.near(row.page).filter(person_id__gt=row.reached).order_by("person_id")
    return list(User.objects.filter(pk__in=list(near[:AT_ONCE])).order_by("pk"))


def _settle_each(row: PageSettlement, settle: Callable[[User, ContentPage], bool], people: list[User]) -> int:
    """Return for how many it went wrong; the others have theirs all the same."""
    beat, page, found, failed = Heartbeat(row), row.page, row.found, 0
    for person in people:
        try:
            found += settle(person, page)
        except Exception:
            logger.exception("%s could not be judged on %s.", person.pk, page.pk)
            failed += 1
        beat(reached=person.pk, found=found)
    if people:
        jobs.renew(row, reached=people[-1].pk, found=found)
    return failed


def _end(row: PageSettlement) -> None:
    """The row is done, unless the page has changed since this work began: then everybody is judged once more."""
    with transaction.atomic():
        jobs.finish(row)
        if row.asked != row.answering:
            jobs.do_again(row, reached=0)
