"""“Why is this not complete?”: the sentence of the rule that decides, on pages and paths."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from careers import actions
from careers.models import ReadingProgress
from careers.progress.explaining import explain, explanations_of
from careers.progress.recording import Report, record_opened, record_reading
from tests.factories.accounts import PersonFactory, browser_of
from tests.factories.careers import ArticlePageFactory, LearningPathPageFactory, ResourcePageFactory
from tests.factories.masterclasses import PartPageFactory
from tests.queries import assert_constant_queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return PersonFactory()


def read(person, page, *, seconds: float, share: float):
    now = timezone.now()
    report = Report("a" * 32, now - timedelta(seconds=seconds), now, seconds, 0, share)
    return record_reading(person=person, page=page, report=report)


def test_an_article_that_was_not_begun_says_what_it_takes(person):
    assert explain(person, ArticlePageFactory()) == (
        "It is done when you have read it to its end, or when you mark it as done."
    )


def test_an_article_that_was_begun_says_how_far(person):
    article = ArticlePageFactory()
    read(person, article, seconds=10, share=0.4)

    assert explain(person, article).startswith("You have read 40 % of it.")


def test_an_article_that_was_skimmed_says_how_long_it_takes(person):
    article = ArticlePageFactory()
    read(person, article, seconds=3, share=1)

    assert explain(person, article) == (
        "You reached its end after 3 seconds; reading it takes at least 24 seconds. Take your time, or mark it."
    )


def test_a_page_that_is_done_says_since_when_and_why(person):
    marked, was_read = ArticlePageFactory.create_batch(2)
    actions.mark_done(person=person, page=marked)
    read(person, was_read, seconds=60, share=1)

    assert explain(person, marked).endswith(": you marked it.")
    assert explain(person, was_read).endswith(": you read it to its end.")


def test_what_was_taken_back_says_so(person):
    article = ArticlePageFactory()
    read(person, article, seconds=60, share=1)
    actions.undo(person=person, page=article)

    assert explain(person, article).startswith("You took it back on ")


def test_a_resource_says_whether_it_was_opened(person):
    resource = ResourcePageFactory()
    assert explain(person, resource).startswith("It lies elsewhere")

    record_opened(person=person, page=resource)

    assert explain(person, resource).startswith("You opened it on ")


def test_a_path_says_how_many_steps_are_done_and_what_is_next(person):
    first, second = ArticlePageFactory.create_batch(2)
    path = LearningPathPageFactory(stages=[[first, second]])
    actions.mark_done(person=person, page=first)

    assert explain(person, path).startswith(f"1 of 2 steps are done. Next: “{second.title}”.")


def test_a_path_says_what_opens_a_stage_that_is_locked(person):
    path = LearningPathPageFactory(stages=[ArticlePageFactory.create_batch(1), ArticlePageFactory.create_batch(1)])
    first, second = path.stages.all()
    second.after, second.gate = [first.key], second.Gate.LOCK
    second.save()

    assert explain(person, path).endswith("The stage “Stage 2” opens when “Stage 1” is done.")


def test_the_page_shows_the_same_sentence(person):
    article = ArticlePageFactory()
    read(person, article, seconds=10, share=0.4)

    shown = browser_of(person).get(reverse("careers:page_fragment", args=[article.pk])).content.decode()

    assert "Why is this not complete?" in shown
    assert explain(person, article) in shown


def test_what_is_done_is_not_asked_why(person):
    article = ArticlePageFactory()
    actions.mark_done(person=person, page=article)

    shown = browser_of(person).get(reverse("careers:page_fragment", args=[article.pk])).content.decode()

    assert "Why is this not complete?" not in shown
    assert "data-ticket" not in shown


def test_all_that_a_person_has_begun_or_done_is_explained_the_latest_first(person):
    read_a_bit, marked = ArticlePageFactory.create_batch(2)
    read(person, read_a_bit, seconds=10, share=0.4)
    actions.mark_done(person=person, page=marked)
    read(PersonFactory(), ArticlePageFactory(), seconds=10, share=0.4)

    found = explanations_of(person)

    assert [(one.page.pk, one.complete) for one in found] == [(marked.pk, True), (read_a_bit.pk, False)]
    assert all(one.sentence == explain(person, one.page) for one in found)


def test_explaining_a_person_costs_the_same_however_much_they_did(person):
    def grow(n: int) -> None:
        for article, done in zip(ArticlePageFactory.create_batch(n), [True, False] * n, strict=False):
            if done:
                actions.mark_done(person=person, page=article)
            else:
                ReadingProgress.objects.create(person=person, page_id=article.pk, share=0.5)

    assert_constant_queries(lambda: explanations_of(person), grow, at_most=12)


def test_a_part_has_a_sentence_too(person):
    assert explain(person, PartPageFactory())
