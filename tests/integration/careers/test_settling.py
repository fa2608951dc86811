"""A changed page judges everybody anew: by a worker, one by one, so that no request waits and nobody is lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from careers.actions import enrol, mark_done
from careers.credentials import issuing
from careers.models import Completion, Credential, Enrolment, PageSettlement, PathStep
from careers.progress import settling
from careers.progress.asking import ask_anew
from careers.progress.settling import settle_due
from careers.progress.verifying import verify
from jobs.sweeper import sweep
from tests.factories.accounts import PersonFactory
from tests.factories.careers import ArticlePageFactory, LearningPathPageFactory
from tests.integration.careers.test_path_changes import draft_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages():
    return ArticlePageFactory.create_batch(2)


@pytest.fixture
def path(pages):
    return LearningPathPageFactory(stages=[pages])


def followers(path, page, count: int) -> None:
    """People who have done one of the two steps."""
    for _number in range(count):
        person: Any = PersonFactory()
        enrol(person=person, path=path)
        mark_done(person=person, page=page)


def publish_without(path, page) -> None:
    """An editor takes a step out and publishes, as the admin does it."""
    kept = PathStep.objects.filter(stage__path=path.pk).exclude(page=page.pk).select_related("page")
    draft_with(path, [(step.page, step.required) for step in kept]).save_revision().publish()


def finished() -> int:
    return Enrolment.objects.exclude(finished_at=None).count()


def test_a_step_that_goes_finishes_those_who_had_done_all_the_others(path, pages):
    followers(path, pages[0], 3)

    publish_without(path, pages[1])

    assert finished() == 0
    assert PageSettlement.objects.get().status == "waiting"
    settle_due()
    assert finished() == Credential.objects.count() == 3
    assert (PageSettlement.objects.get().status, PageSettlement.objects.get().found) == ("done", 3)
    assert verify().total == 0


def test_publishing_costs_the_same_for_ten_times_as_many_people(path, pages):
    followers(path, pages[0], 2)
    first = _queries(lambda: publish_without(path, pages[1]))
    again = LearningPathPageFactory(stages=[pages])
    followers(again, pages[0], 20)

    assert _queries(lambda: publish_without(again, pages[1])) <= first
    assert finished() == 0


def _queries(call) -> int:
    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)


def test_asking_of_ten_times_as_many_paths_costs_the_same(path):
    others = LearningPathPageFactory.create_batch(9)
    ask_anew([path.pk])
    one = _queries(lambda: ask_anew([path.pk]))
    assert _queries(lambda: ask_anew([path.pk, *(other.pk for other in others)])) == one


class Killed(BaseException):
    """Nothing of what an ordinary failure brings about happens after it."""


def test_a_worker_that_is_killed_in_the_middle_loses_nobody_and_gives_nobody_two(path, pages, monkeypatch):
    followers(path, pages[0], 5)
    publish_without(path, pages[1])
    calls = []
    once = issuing.issue

    def killed(**of_whom):
        calls.append(of_whom)
        if len(calls) == 3:
            raise Killed
        return once(**of_whom)

    monkeypatch.setattr("careers.credentials.receivers.issue", killed)
    with pytest.raises(Killed):
        settle_due()
    assert finished() == Credential.objects.count() == 2
    assert PageSettlement.objects.get().status == "running"

    sweep(timezone.now() + PageSettlement.lease_for + timedelta(seconds=1))
    PageSettlement.objects.update(next_try_at=timezone.now())
    settle_due()

    assert finished() == Credential.objects.count() == 5
    assert PageSettlement.objects.get().status == "done"


def test_one_person_for_whom_it_goes_wrong_holds_nobody_up_and_the_reason_says_so(path, pages, monkeypatch):
    followers(path, pages[0], 3)
    publish_without(path, pages[1])
    unlucky = Enrolment.objects.order_by("person").first().person_id
    once = issuing.issue

    def sometimes(*, person, page):
        if person.pk == unlucky:
            raise ValueError("no such letter")
        return once(person=person, page=page)

    monkeypatch.setattr("careers.credentials.receivers.issue", sometimes)
    settle_due()

    row = PageSettlement.objects.get()
    assert (row.status, row.reason) == ("waiting", "1 person could not be judged.")
    assert finished() == 2
    monkeypatch.undo()
    PageSettlement.objects.update(next_try_at=timezone.now())
    settle_due()
    assert finished() == 3


def test_a_change_while_the_work_goes_on_is_worked_on_as_well(path, pages, monkeypatch):
    followers(path, pages[0], 1)
    ask_anew([path.pk])
    once = settling._next_people

    def and_then_an_editor_publishes(*arguments):
        people = once(*arguments)
        if PathStep.objects.filter(page=pages[1].pk).exists():
            publish_without(path, pages[1])
        return people

    monkeypatch.setattr(settling, "_next_people", and_then_an_editor_publishes)
    settle_due()

    assert finished() == 1
    assert PageSettlement.objects.get().status == "done"


def test_more_people_than_one_turn_takes_are_all_judged(path, pages, monkeypatch):
    monkeypatch.setattr(settling, "AT_ONCE", 2)
    followers(path, pages[0], 5)
    publish_without(path, pages[1])

    settle_due()

    assert finished() == 5
    assert PageSettlement.objects.get().found == 5


def test_an_article_that_became_shorter_is_complete_for_who_had_been_too_quick(django_capture_on_commit_callbacks):
    from tests.integration.careers.test_explaining import read

    article, person = ArticlePageFactory(), PersonFactory()
    type(article).objects.update(minutes=5)
    article.refresh_from_db()
    assert not read(person, article, seconds=60, share=1)
    article.save_revision().publish()

    settle_due()

    assert Completion.objects.filter(person=person, page=article).exists()
    assert verify().total == 0


def test_a_path_that_is_deleted_with_its_pages_leaves_no_question_behind(
    path, pages, django_capture_on_commit_callbacks
):
    followers(path, pages[0], 1)
    root = path.get_parent().get_parent()

    with django_capture_on_commit_callbacks(execute=True):
        root.specific.delete()

    connection.check_constraints()
    assert not PageSettlement.objects.exists()
