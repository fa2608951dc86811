"""Everything that changes a practitioner's progress.

Each action may be repeated, in any order, from two tabs at once.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, cast

from django.db import transaction
from django.utils import timezone

from careers.models import Completion, Enrolment, LearningPathPage, Withdrawal
from careers.models.steps import COMPLETABLE_KINDS
from careers.progress.asking import ask_of_paths
from careers.progress.rules import rule_for
from careers.signals import completion_undone, page_completed, path_finished
from home.models import ContentPage
from home.signals import public_content_changed

if TYPE_CHECKING:
    from accounts.models import User


class NotCompletable(ValueError):
    """A kind of page that nobody can complete, such as a learning path."""


@transaction.atomic
def enrol(*, person: User, path: LearningPathPage, since: datetime | None = None) -> Enrolment:
    """Begin a path, now or `since` then; what the person has done before counts."""
    began = {"started_at": since or timezone.now()}
    enrolment, _created = Enrolment.objects.get_or_create(person=person, path=path, defaults=began)
    settle(person=person)
    enrolment.refresh_from_db()
    return enrolment


@transaction.atomic
def leave(*, person: User, path: LearningPathPage) -> bool:
    """Stop following a path and say whether it was followed; what was done stays done."""
    deleted, _rows = Enrolment.objects.of(person).filter(path=path).delete()
    return bool(deleted)


@transaction.atomic
def complete(*, person: User, page: ContentPage, how: str) -> Completion | None:
    """Record that a person has completed a page; the first record of a page stays as it is.

    `how` is one of `Completion.How`; all but MARKED are automatic, and the caller has judged by its ledger. None where
    the person has taken the page back and the ledger does not say that it was done once more since then. Raises
    NotCompletable for a page that cannot be completed.
    """
    if page.kind not in COMPLETABLE_KINDS:
        raise NotCompletable(page.kind)
    completion, created = Completion.objects.get_or_create(person=person, page_id=page.pk, defaults={"how": how})
    # Asked after the row is written: two tabs, one of which takes back, then see each other on either database.
    if created and not _outlives_withdrawal(person=person, page=page, how=how):
        completion.delete()
        return None
    settle(person=person)
    if created:
        page_completed.send(sender=Completion, person=person, page=page)
    return completion


def _outlives_withdrawal(*, person: User, page: ContentPage, how: str) -> bool:
    """Whether nobody has taken the page back, or it is done once more since; the withdrawal is then over."""
    withdrawals = Withdrawal.objects.filter(person=person, page=page.pk)
    if how != Completion.How.MARKED and withdrawals.exists():
        rule = rule_for(page.kind)
        if not (rule and getattr(rule, "heeds_withdrawals", False) and rule.judge(person, page).complete):
            return False
    withdrawals.delete()
    return True


def mark_done(*, person: User, page: ContentPage) -> Completion:
    """Record the person's own word that they have done it, which nothing outweighs."""
    return cast(Completion, complete(person=person, page=page, how=Completion.How.MARKED))


@transaction.atomic
def undo(*, person: User, page: ContentPage) -> bool:
    """Take a completion back for the person, and say whether there was one.

    What has been read or watched until now does not complete the page again. A path that was finished with this page
    as a required step is not finished any more. One that gained the page later stays finished.
    """
    if not lapse(person=person, page=page):
        return False
    now = {"taken_back_at": timezone.now()}
    Withdrawal.objects.update_or_create(person=person, page_id=page.pk, defaults=now)
    return True


@transaction.atomic
def lapse(*, person: User, page: ContentPage) -> bool:
    """Remove a completion that followed from another one which is gone: nobody's word, so it may come again."""
    completion = Completion.objects.of(person).filter(page_id=page.pk).first()
    if not completion:
        return False
    completion.delete()
    finished = Enrolment.objects.of(person).filter(finished_at__gte=completion.completed_at)
    finished.with_step(page).update(finished_at=None)
    completion_undone.send(sender=Completion, person=person, page=page)
    return True


def settle(*, person: User) -> None:
    """Set `finished_at` where it is due, now and again after commit.

    The second time is for two tabs that mark the last two steps at once: under READ COMMITTED neither transaction
    sees the other's completion, but whichever commits last sees both afterwards.
    """
    finish_what_is_due(person=person)
    transaction.on_commit(partial(finish_what_is_due, person=person), robust=True)


def finish_what_is_due(*, person: User | None = None, path_ids: set[int] | None = None) -> int:
    """Finish the enrolments of a person, or in paths, whose required steps are all done; return how many."""
    due = Enrolment.objects.ready_to_finish()
    if person is not None:
        due = due.of(person)
    if path_ids is not None:
        due = due.filter(path__in=path_ids)
    return sum(finish(enrolment) for enrolment in due.select_related("person", "path"))


@transaction.atomic
def finish(enrolment: Enrolment) -> bool:
    """Finish one enrolment and tell of it once, whoever else tries the same at this moment."""
    is_first = Enrolment.objects.filter(pk=enrolment.pk, finished_at=None).update(finished_at=timezone.now())
    if is_first:
        path_finished.send(sender=Enrolment, person=enrolment.person, page=enrolment.path.contentpage_ptr)
    return bool(is_first)


@transaction.atomic
def refresh_paths(*, path_ids: set[int], deleting: bool = False) -> None:
    """Count minutes anew after a path, or a page in it, has changed; a worker finishes what is complete by it.

    While pages are being deleted, paths may be among them: with `deleting` only those are asked of that are left then.
    """
    for path in LearningPathPage.objects.filter(pk__in=path_ids):
        minutes = path.count_minutes()
        if minutes != path.minutes:
            ContentPage.objects.filter(pk=path.pk).update(minutes=minutes)
            public_content_changed.send(sender=LearningPathPage)
    if deleting:
        transaction.on_commit(partial(ask_of_paths, path_ids), robust=True)
    else:
        ask_of_paths(path_ids)
