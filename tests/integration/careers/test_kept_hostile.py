"""What comes from a browser deserves no trust: what makes no sense is left out, counted, and said."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache

from careers.models import Completion, ReadingProgress
from tests.factories.accounts import PersonFactory, browser_of
from tests.factories.careers import ArticlePageFactory, LearningPathPageFactory
from tests.factories.kept import AN_HOUR_AGO, PREVIEW, TAKE, kept, marked, read, row, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser():
    return browser_of(PersonFactory())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{",
        "NaN",
        '{"version": 1}',
        '{"version": 2, "sections": {}}',
        "[" * 5000,
        "1" * 5000,
        "x" * 300_000,
    ],
)
@pytest.mark.parametrize("url", [PREVIEW, TAKE])
def test_what_our_script_never_keeps_is_a_bad_request_in_words(url, text, browser):
    response = browser.post(url, {"kept": text})

    assert response.status_code == 400
    assert "We cannot read what this browser has kept" in response.content.decode()


@pytest.mark.parametrize(
    "broken",
    [
        None,
        7,
        "row",
        [],
        {},
        {"page": "1"},
        {"page": True},
        {"page": -1, "marked": AN_HOUR_AGO},
        {"page": 10**30, "marked": AN_HOUR_AGO},
        {"page": 1, "marked": "yes"},
        {"page": 1, "marked": -5},
        {"page": 1, "marked": AN_HOUR_AGO + 10**9},
        {"page": 1, "marked": 1e300},
        {"page": 1, "key": "a" * 32, "began": AN_HOUR_AGO, "at": AN_HOUR_AGO - 1, "seconds": 1, "first": 0, "share": 1},
        {"page": 1, "key": "a" * 32, "began": AN_HOUR_AGO, "at": AN_HOUR_AGO, "seconds": -1, "first": 0, "share": 1},
        {"page": 1, "key": "../../etc", "began": AN_HOUR_AGO, "at": AN_HOUR_AGO, "seconds": 1, "first": 0, "share": 1},
    ],
)
def test_rows_that_make_no_sense_are_left_out_and_counted(broken, browser):
    article = ArticlePageFactory()

    shown = send(browser, TAKE, kept(broken, marked(article)))

    assert "1 entry makes no sense to us" in shown
    assert Completion.objects.get().page_id == article.pk


def test_a_section_that_nobody_knows_is_left_out_and_counted(browser):
    text = json.dumps({"version": 1, "sections": {"wallet": [{"id": 1}, {"id": 2}]}})

    assert "2 entries make no sense to us" in send(browser, PREVIEW, text)


def test_more_rows_than_a_browser_keeps_are_left_out_and_counted(browser):
    rows = [{"page": number, "marked": AN_HOUR_AGO} for number in range(1, 311)]

    assert "10 entries make no sense to us" in send(browser, PREVIEW, kept(*rows))


@pytest.mark.parametrize("state", ["draft", "private", "unknown"])
def test_pages_that_the_person_may_not_see_are_left_out(state, browser, make_invisible):
    article = ArticlePageFactory()
    make_invisible(article, state, "careers:done")
    pk = 987_654 if state == "unknown" else article.pk

    send(browser, TAKE, kept(marked(pk), read(pk)))

    assert not Completion.objects.exists()
    assert not ReadingProgress.objects.exists()


def test_a_path_is_not_marked_through_this_door(browser):
    send(browser, TAKE, kept(marked(LearningPathPageFactory())))

    assert not Completion.objects.exists()


def test_a_clock_that_is_ahead_is_taken_for_now(browser):
    soon = int((datetime.now(tz=UTC) + timedelta(hours=3)).timestamp() * 1000)

    send(browser, TAKE, kept(row(ArticlePageFactory(), seconds=900, share=1) | {"began": soon, "at": soon + 900_000}))

    assert ReadingProgress.objects.get().seconds == 0


def test_who_asks_without_end_is_asked_to_wait(browser):
    cache.clear()
    codes = [browser.post(PREVIEW, {"kept": kept()}).status_code for _time in range(31)]

    assert (codes[0], codes[-1]) == (200, 429)
