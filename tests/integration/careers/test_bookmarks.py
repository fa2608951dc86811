"""Keeping pages, and the lists of what a person kept and did."""

from __future__ import annotations

import pytest
import time_machine

from careers.learning import bookmarking
from careers.learning.browser_bookmarks import BrowserBookmarks
from careers.models import Bookmark
from tests.factories.accounts import PersonFactory, browser_of
from tests.factories.careers import ArticlePageFactory, LearningPathPageFactory, ResourcePageFactory
from tests.factories.learning import BookmarkFactory, NoteFactory
from tests.factories.masterclasses import PartPageFactory
from tests.queries import assert_constant_queries, fetch

pytestmark = pytest.mark.django_db

IN_PLACE = {"X-Requested-With": "fetch"}
LISTS = ("/learning/bookmarks/", "/learning/notes/", "/learning/history/", "/learning/plan/")


@pytest.fixture
def person():
    return PersonFactory()


@pytest.fixture
def browser(person):
    return browser_of(person)


@pytest.fixture
def article(article_of_passages):
    return article_of_passages


def text(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("make", [ArticlePageFactory, ResourcePageFactory, LearningPathPageFactory, PartPageFactory])
def test_any_page_of_content_can_be_kept_and_let_go(make, browser, person):
    page = make()

    kept = browser.post(f"/learning/pages/{page.pk}/keep/", headers=IN_PLACE)
    assert "Bookmarked" in text(kept)
    assert page.title in text(browser.get("/learning/bookmarks/"))

    browser.post(f"/learning/pages/{page.pk}/drop/", {"next": "/learning/bookmarks/"})
    assert not Bookmark.objects.of(person).exists()


def test_without_scripts_a_page_of_ones_own_keeps_it_and_comes_back(browser, article):
    address = f"/learning/pages/{article.pk}/"
    assert "Bookmark" in text(browser.get(address))

    kept = browser.post(f"{address}keep/", {"next": address})

    assert kept["Location"] == address
    assert "Bookmarked" in text(browser.get(address))


def test_keeping_twice_is_keeping_once(browser, person, article):
    for _time in range(2):
        browser.post(f"/learning/pages/{article.pk}/keep/")

    assert Bookmark.objects.of(person).count() == 1


def test_bookmarks_are_narrowed_by_kind(browser, person):
    BookmarkFactory(person=person, page=ResourcePageFactory(title="A guide"))
    BookmarkFactory(person=person, page=ArticlePageFactory(title="An essay"))

    page = text(browser.get("/learning/bookmarks/?kind=resource"))

    assert "A guide" in page
    assert "An essay" not in page
    assert "An essay" in text(browser.get("/learning/bookmarks/?kind=nonsense"))


def test_there_is_a_limit_to_bookmarks_and_it_says_so(browser, person, article, monkeypatch):
    monkeypatch.setattr(bookmarking, "MOST_BOOKMARKS", 1)
    BookmarkFactory(person=person)

    assert "You keep 1 pages already" in text(browser.post(f"/learning/pages/{article.pk}/keep/", headers=IN_PLACE))
    assert Bookmark.objects.of(person).count() == 1


def test_what_a_browser_kept_is_taken_once_and_only_what_can_be_trusted(person, article):
    section = BrowserBookmarks()
    draft = ArticlePageFactory()
    draft.unpublish()
    rows = [
        {"id": article.pk, "at": 1_700_000_000_000},
        {"id": draft.pk},
        {"id": "7"},
        {"id": True},
        {},
        {"id": 10**30},
    ]

    assert section.preview(person, rows) == ["1 page is bookmarked."]
    assert [section.take(person, rows) for _time in range(2)] == [1, 0]
    assert Bookmark.objects.get(person=person).created_at.year == 2023
    assert section.preview(person, rows) == []


def test_history_tells_what_was_done_day_by_day(browser, person):
    article = ArticlePageFactory(title="An essay")
    with time_machine.travel("2026-07-01 22:30Z"):  # half past eleven in London
        browser.post(f"/learning/pages/{article.pk}/done/")
        NoteFactory(person=person, page=article)
    BookmarkFactory(person=person, page=article)

    page = text(browser.get("/learning/history/"))

    assert "Wednesday, 1 July 2026" in page
    assert page.index("Bookmarked:") < page.index("1 July 2026") < page.index("Done:")
    assert "23:30" in page


@pytest.mark.parametrize("address", ["/learning/bookmarks/", "/learning/notes/", "/learning/history/"])
def test_a_list_costs_the_same_however_long(address, browser, person):
    def grow(n: int) -> None:
        for article in ArticlePageFactory.create_batch(n):
            BookmarkFactory(person=person, page=article)
            NoteFactory(person=person, page=article, anchor=article.body[0].id, quote="Where to begin")

    assert_constant_queries(fetch(address, browser), grow, rows=1, at_most=12)


@pytest.mark.parametrize("address", LISTS)
def test_an_empty_list_says_what_will_be_there(address, browser):
    assert 'class="empty"' in text(browser.get(address))
