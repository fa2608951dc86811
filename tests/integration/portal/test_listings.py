"""Listings of one type of page: their columns, their filters, and what they cost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.groups import EDITORS
from home.models import PageReview
from tests.factories.accounts import AdminFactory, PersonFactory, browser_of
from tests.factories.careers import (
    ArticlePageFactory,
    CompletionFactory,
    EnrolmentFactory,
    LearningPathPageFactory,
    ResourcePageFactory,
)
from tests.factories.home import AreaFactory, HomePageFactory
from tests.factories.home import PersonFactory as AuthorFactory
from tests.factories.masterclasses import MasterclassPageFactory, PartPageFactory, TranscodeFactory
from tests.queries import assert_constant_queries, fetch

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site():
    HomePageFactory()


@pytest.fixture
def browser():
    return browser_of(PersonFactory(groups=[EDITORS]))


def said(browser, listing, **query):
    answer = browser.get(f"/admin/{listing}/", query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_article_is_listed_with_its_area_author_and_review_date(browser):
    page = ArticlePageFactory(
        title="Salary talks", authors=[AuthorFactory(name="Ada")], areas=[AreaFactory(title="Jobs")]
    )
    PageReview.objects.create(page=page, review_by="2031-05-03")

    listing = said(browser, "articles")

    for words in ("Salary talks", "Ada", "Jobs", "3 May 2031"):
        assert words in listing


def test_how_many_have_done_it_is_told_in_bands(browser, settings):
    settings.SMALLEST_REPORTED_GROUP = 5
    page = ArticlePageFactory()
    CompletionFactory.create_batch(6, page=page)

    assert "5–9" in said(browser, "articles")


def test_a_part_is_listed_with_its_masterclass_its_video_and_its_captions(browser):
    failed = TranscodeFactory(status="failed", reason="Damaged.")
    PartPageFactory(parent=MasterclassPageFactory(title="Careers evening"), video=failed.video)
    PartPageFactory()

    listing = said(browser, "parts")

    for words in ("Careers evening", "Failed", "No video", "None"):
        assert words in listing


def test_listings_are_filtered_by_area_by_state_and_by_review_date(browser):
    jobs = AreaFactory(slug="jobs")
    ArticlePageFactory(title="In the area", areas=[jobs])
    ArticlePageFactory(title="A draft", live=False)
    late = ArticlePageFactory(title="Overdue")
    PageReview.objects.create(page=late, review_by=timezone.localdate() - timedelta(days=1))

    def titles(**query):
        listing = said(browser, "articles/results", **query)
        return {title for title in ("In the area", "A draft", "Overdue") if title in listing}

    assert titles(areas=jobs.pk) == {"In the area"}
    assert titles(live="false") == {"A draft"}
    assert titles(review="due") == {"Overdue"}
    assert titles() == {"In the area", "A draft", "Overdue"}


GROWTH = {
    "articles": lambda: CompletionFactory(page=ArticlePageFactory(authors=[AuthorFactory()])),
    "resources": lambda: CompletionFactory(page=ResourcePageFactory()),
    "learning-paths": lambda: EnrolmentFactory(path=LearningPathPageFactory(), finished_at=timezone.now()),
    "masterclasses": lambda: CompletionFactory(page=MasterclassPageFactory()),
    "parts": lambda: PartPageFactory(video=TranscodeFactory().video),
}


@pytest.mark.parametrize("listing", GROWTH)
def test_a_listing_costs_the_same_however_long_it_is(listing):
    def grow(number):
        for _ in range(number):
            GROWTH[listing]()

    assert_constant_queries(fetch(f"/admin/{listing}/", browser_of(AdminFactory())), grow, at_most=55)
