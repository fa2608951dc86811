"""Two tabs, or two devices, that change the same person's progress at the same moment."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from careers.actions import enrol, mark_done
from careers.models import Completion, Enrolment
from tests.factories.accounts import PersonFactory
from tests.factories.careers import ArticlePageFactory, LearningPathPageFactory

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls):
    start = threading.Barrier(len(calls))
    failures = []

    def run(call):
        start.wait()
        try:
            call()
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert failures == []


def test_the_same_button_in_two_tabs_writes_one_row():
    person, article = PersonFactory(), ArticlePageFactory()
    at_once(*[lambda: mark_done(person=person, page=article)] * 4)
    assert Completion.objects.count() == 1


def test_enrolling_in_two_tabs_writes_one_row():
    person, path = PersonFactory(), LearningPathPageFactory()
    at_once(*[lambda: enrol(person=person, path=path)] * 4)
    assert Enrolment.objects.count() == 1


@pytest.mark.parametrize("_round", range(3))
def test_the_last_two_steps_at_once_finish_the_path(_round):
    person, (first, last) = PersonFactory(), ArticlePageFactory.create_batch(2)
    path = LearningPathPageFactory(stages=[[first, last]])
    enrol(person=person, path=path)
    at_once(lambda: mark_done(person=person, page=first), lambda: mark_done(person=person, page=last))
    assert Enrolment.objects.get(person=person).finished_at


@pytest.mark.parametrize("_round", range(3))
def test_enrolling_and_the_last_step_at_once_finish_the_path(_round):
    person, article = PersonFactory(), ArticlePageFactory()
    path = LearningPathPageFactory(stages=[[article]])
    at_once(lambda: enrol(person=person, path=path), lambda: mark_done(person=person, page=article))
    assert Enrolment.objects.get(person=person).finished_at
