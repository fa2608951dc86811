"""Pages of a path that are unpublished, made private or deleted after somebody did them."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import PageViewRestriction

from careers.actions import enrol, mark_done
from careers.learning.overview import my_learning
from careers.models import Completion, Enrolment, PathStep
from careers.progress.settling import settle_due
from careers.selectors import path_progress
from home.models import ContentPage
from tests.factories.accounts import PersonFactory, browser_of
from tests.factories.careers import ArticlePageFactory, LearningPathPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return PersonFactory()


def close(page, how: str) -> None:
    if how == "draft":
        page.unpublish()
    else:
        PageViewRestriction.objects.create(page_id=page.pk, restriction_type=PageViewRestriction.LOGIN)


@pytest.mark.parametrize("how", ["draft", "private"])
def test_what_was_done_keeps_counting_when_it_is_closed(how, person):
    done, to_do = ArticlePageFactory.create_batch(2)
    path = LearningPathPageFactory(stages=[[done, to_do]])
    enrol(person=person, path=path)
    mark_done(person=person, page=done)

    close(done, how)

    progress = path_progress(person, path)
    assert (progress.done, progress.total, progress.percent) == (1, 2, 50)
    [followed] = my_learning(person).paths
    assert (followed.progress.done, followed.progress.total) == (1, 2)


@pytest.mark.parametrize("how", ["draft", "private"])
def test_the_own_route_says_that_a_done_step_is_closed_and_does_not_lead_there(how, person):
    done, to_do = ArticlePageFactory(title="Ten numbers"), ArticlePageFactory()
    path = LearningPathPageFactory(stages=[[done, to_do]])
    enrol(person=person, path=path)
    mark_done(person=person, page=done)

    close(done, how)

    shown = browser_of(person).get(reverse("careers:my_path", args=[path.pk])).content.decode()
    assert "Ten numbers" in shown
    assert "It is not open any more. You have done it, and it keeps counting." in shown
    assert f'href="{done.url}"' not in shown


@pytest.mark.parametrize("how", ["draft", "private"])
def test_the_public_page_does_not_name_a_closed_page(how, client):
    closed, still_open = ArticlePageFactory(title="Ten numbers"), ArticlePageFactory(title="Five shapes")
    path = LearningPathPageFactory(stages=[[closed, still_open]])

    close(closed, how)

    shown = client.get(path.url).content.decode()
    assert "Five shapes" in shown
    assert "Ten numbers" not in shown


def test_a_deleted_page_leaves_its_step_behind_with_title_and_day():
    page = ArticlePageFactory(title="Ten numbers")
    path = LearningPathPageFactory(stages=[[page, ArticlePageFactory()]])

    page.delete()

    step = PathStep.objects.get(stage__path=path, page=None)
    assert step.page_title == "Ten numbers"
    assert step.page_deleted_at is not None


def test_a_page_that_is_deleted_with_the_section_above_it_leaves_its_step_behind_too():
    page = ArticlePageFactory(title="Ten numbers")
    LearningPathPageFactory(stages=[[page]])

    page.get_parent().delete()

    assert PathStep.objects.get().page_title == "Ten numbers"


def test_a_finisher_stays_a_finisher_when_every_page_is_deleted(person):
    pages = ArticlePageFactory.create_batch(2)
    path = LearningPathPageFactory(stages=[pages])
    enrol(person=person, path=path)
    for page in pages:
        mark_done(person=person, page=page)

    for page in pages:
        ContentPage.objects.get(pk=page.pk).specific.delete()

    assert Enrolment.objects.get().finished_at is not None
    assert path_progress(person, path).finished


def test_whoever_has_done_all_the_rest_finishes_when_the_last_page_is_deleted(
    person, django_capture_on_commit_callbacks
):
    done, to_go = ArticlePageFactory.create_batch(2)
    path = LearningPathPageFactory(stages=[[done, to_go]])
    enrol(person=person, path=path)
    mark_done(person=person, page=done)

    with django_capture_on_commit_callbacks(execute=True):
        to_go.delete()
    settle_due()

    assert Enrolment.objects.get().finished_at is not None
    path.refresh_from_db()
    assert path.minutes == done.minutes


def test_a_person_who_begins_when_all_is_closed_keeps_what_was_done(person):
    page = ArticlePageFactory()
    path = LearningPathPageFactory(stages=[[page]])
    mark_done(person=person, page=page)
    page.unpublish()

    enrol(person=person, path=path)

    assert path_progress(person, path).finished == (Enrolment.objects.get().finished_at is not None) is True
    assert Completion.objects.count() == 1
