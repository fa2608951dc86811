"""Enrolling, leaving, completing and taking back."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from django.db import IntegrityError, transaction

from careers.actions import NotCompletable, complete, enrol, leave, mark_done, undo
from careers.models import Completion, Enrolment
from careers.progress.settling import settle_due
from careers.selectors import path_progress
from careers.signals import completion_undone, page_completed
from tests.factories.accounts import PersonFactory
from tests.factories.careers import ArticlePageFactory, LearningPathPageFactory, add_stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return PersonFactory()


@pytest.fixture
def articles():
    return ArticlePageFactory.create_batch(2)


@pytest.fixture
def path(articles):
    return LearningPathPageFactory(stages=[articles])


@contextmanager
def heard(signal):
    calls = []

    def receiver(sender, person, page, **_signal):
        calls.append((person, page, Completion.objects.filter(person=person, page=page.pk).exists()))

    signal.connect(receiver)
    try:
        yield calls
    finally:
        signal.disconnect(receiver)


def finished(person, path) -> bool:
    return Enrolment.objects.get(person=person, path=path).finished_at is not None


def test_enrolling_twice_is_enrolling_once(person, path):
    assert enrol(person=person, path=path) == enrol(person=person, path=path)
    assert Enrolment.objects.count() == 1


def test_leaving_says_whether_the_path_was_followed_and_keeps_what_is_done(person, path, articles):
    enrol(person=person, path=path)
    mark_done(person=person, page=articles[0])
    assert leave(person=person, path=path)
    assert not leave(person=person, path=path)
    assert path_progress(person, path).done == 1


def test_marking_twice_keeps_the_first_record(person, articles):
    first = complete(person=person, page=articles[0], how=Completion.How.READ)
    assert mark_done(person=person, page=articles[0]) == first
    assert Completion.objects.get().how == Completion.How.READ


def test_done_once_is_done_in_every_path(person, path, articles):
    other = LearningPathPageFactory(stages=[[articles[0]]])
    mark_done(person=person, page=articles[0])
    assert [path_progress(person, each).done for each in (path, other)] == [1, 1]


def test_a_learning_path_cannot_be_completed_itself(person, path):
    with pytest.raises(NotCompletable):
        mark_done(person=person, page=path)
    assert not Completion.objects.exists()


def test_the_last_required_step_finishes_the_path(person, path, articles):
    enrol(person=person, path=path)
    mark_done(person=person, page=articles[0])
    assert not finished(person, path)
    mark_done(person=person, page=articles[1])
    assert finished(person, path)


def test_what_was_done_before_enrolling_counts(person, path, articles):
    for article in articles:
        mark_done(person=person, page=article)
    assert enrol(person=person, path=path).finished_at


def test_another_persons_completions_finish_nothing(person, path, articles):
    enrol(person=person, path=path)
    for article in articles:
        mark_done(person=PersonFactory(), page=article)
    assert not finished(person, path)


def test_taking_back_a_step_takes_back_the_finish_that_rested_on_it(person, path, articles):
    enrol(person=person, path=path)
    for article in articles:
        mark_done(person=person, page=article)
    assert undo(person=person, page=articles[0])
    assert not finished(person, path)
    assert not undo(person=person, page=articles[0])


def test_taking_back_a_step_that_the_path_gained_later_leaves_the_finish(person, path, articles):
    enrol(person=person, path=path)
    for article in articles:
        mark_done(person=person, page=article)
    gained = ArticlePageFactory()
    add_stage(path, [gained])
    mark_done(person=person, page=gained)
    undo(person=person, page=gained)
    assert finished(person, path)


def test_taking_back_an_optional_step_leaves_the_finish(person):
    needed, extra = ArticlePageFactory.create_batch(2)
    path = LearningPathPageFactory(stages=[[needed, (extra, {"required": False})]])
    enrol(person=person, path=path)
    mark_done(person=person, page=extra)
    mark_done(person=person, page=needed)
    undo(person=person, page=extra)
    assert finished(person, path)


def test_a_path_that_gains_a_step_un_completes_nobody(person, path, articles):
    enrol(person=person, path=path)
    for article in articles:
        mark_done(person=person, page=article)
    add_stage(path, [ArticlePageFactory()])
    path.save()
    progress = path_progress(person, path)
    assert (progress.finished, progress.new_steps) == (True, 1)
    assert finished(person, path)


def test_a_path_that_loses_the_step_that_was_missing_is_finished(person, path, articles):
    enrol(person=person, path=path)
    mark_done(person=person, page=articles[0])
    articles[1].unpublish()
    settle_due()
    assert finished(person, path)


def test_upper_floors_hear_of_a_completion_once_after_the_row_is_written(person, articles):
    with heard(page_completed) as calls:
        mark_done(person=person, page=articles[0])
        mark_done(person=person, page=articles[0])
    assert calls == [(person, articles[0], True)]


def test_upper_floors_hear_of_an_undone_completion_once_after_the_row_is_gone(person, articles):
    mark_done(person=person, page=articles[0])
    with heard(completion_undone) as calls:
        undo(person=person, page=articles[0])
        undo(person=person, page=articles[0])
    assert calls == [(person, articles[0], False)]


def test_a_receiver_that_fails_takes_the_completion_back(person, articles):
    def receiver(**_signal):
        raise RuntimeError("upper floor")

    page_completed.connect(receiver)
    try:
        with pytest.raises(RuntimeError):
            mark_done(person=person, page=articles[0])
    finally:
        page_completed.disconnect(receiver)
    assert not Completion.objects.exists()


def test_the_database_itself_refuses_a_second_row(person, path, articles):
    enrol(person=person, path=path)
    mark_done(person=person, page=articles[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        Enrolment.objects.create(person=person, path=path)
    with pytest.raises(IntegrityError), transaction.atomic():
        Completion.objects.create(person=person, page=articles[0])
