"""Passages of articles, and where a reader stopped."""

from __future__ import annotations

import pytest

from careers.learning.overview import my_learning
from careers.learning.passages import Passage, locate, passages_of, with_anchors
from careers.learning.places import record_place
from careers.models import ReadingPlace
from tests.factories.accounts import PersonFactory, browser_of
from tests.factories.careers import ArticlePageFactory, ResourcePageFactory
from tests.factories.learning import ReadingPlaceFactory

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


def test_the_page_shows_an_id_at_each_passage(article):
    anchors = [passage.anchor for passage in passages_of(article)]
    block = article.body[1].id

    assert anchors == [article.body[0].id, block, f"{block}-1", f"{block}-2", article.body[2].id]
    assert with_anchors("<p>a</p><p>b <b>c</b></p>", "x") == '<p>a</p><p id="b-x-1">b <b>c</b></p>'


@pytest.mark.parametrize(
    ("passages", "found"),
    [
        ([("a-b-c-d-e", "Then listen.")], "a-b-c-d-e"),
        ([("a-b-c-d-e", "New."), ("a-b-c-d-e-1", "Then listen.")], "a-b-c-d-e-1"),
        ([("f-b-c-d-e", "Then listen.")], "f-b-c-d-e"),
        ([("a-b-c-d-e", "Then listen well.")], "a-b-c-d-e"),
        ([("a-b-c-d-e", "One."), ("a-b-c-d-e-1", "Two.")], None),
        ([], None),
    ],
    ids=["same", "one before it", "another block", "reworded", "gone in its block", "gone"],
)
def test_a_passage_is_found_again_by_its_words_before_its_number(passages, found):
    known = [Passage(anchor, quote, "") for anchor, quote in passages]

    place = locate(known, anchor="a-b-c-d-e", quote="Then listen.")

    assert (place and place.anchor) == found


def test_continue_leads_to_the_very_passage_with_what_is_left(browser, person):
    article = ArticlePageFactory(
        body=[("heading", {"text": "Where to begin", "level": "h2"}), ("rich_text", f"<p>{'word ' * 1080}</p><p>b</p>")]
    )
    anchor = passages_of(article)[1].anchor

    assert browser.post(f"/learning/pages/{article.pk}/place/", {"anchor": anchor}).status_code == 204

    page = text(browser.get("/learning/"))
    assert f'href="{article.url}#b-{anchor}"' in page
    assert "You were at “Where to begin”. 2 min left." in page


def test_the_furthest_place_stays_when_one_reads_again(person, article):
    passages = passages_of(article)
    record_place(person=person, page=article, anchor=passages[3].anchor)
    earlier = ReadingPlace.objects.get().updated_at

    record_place(person=person, page=article, anchor=passages[1].anchor)

    place = ReadingPlace.objects.get()
    assert place.anchor == passages[3].anchor
    assert place.updated_at > earlier


def test_a_place_that_the_article_has_not_is_refused(browser, client, article):
    address = f"/learning/pages/{article.pk}/place/"

    assert browser.post(address, {"anchor": "nowhere"}).status_code == 400
    assert browser.post(f"/learning/pages/{ResourcePageFactory().pk}/place/", {"anchor": "x"}).status_code == 404
    assert client.post(address, {"anchor": passages_of(article)[0].anchor}).status_code == 403
    assert not ReadingPlace.objects.exists()


def test_what_is_done_or_read_to_the_end_is_not_to_be_continued(person):
    done, read, begun = (ReadingPlaceFactory(person=person, percent=percent) for percent in (50, 96, 50))
    browser_of(person).post(f"/learning/pages/{done.page.pk}/done/")

    assert [stop.page_id for stop in my_learning(person).stops] == [begun.page.pk]
    assert read.page.pk not in {stop.page_id for stop in my_learning(person).stops}
