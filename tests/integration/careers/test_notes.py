"""Notes at a second, at a passage, about a page."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db.utils import IntegrityError
from django.utils import timezone

from careers.learning import noting, unnoting
from careers.learning.passages import passages_of
from careers.models import Note
from careers.tasks import forget_notes
from tests.factories.accounts import PersonFactory, browser_of
from tests.factories.learning import NoteFactory
from tests.factories.masterclasses import PartPageFactory, VideoFactory

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


def test_a_note_at_a_second_leads_there(browser, person):
    part = PartPageFactory(video=VideoFactory(duration=1200))

    shown = text(
        browser.post(f"/learning/pages/{part.pk}/notes/", {"text": "Ask her", "at": "12:40"}, headers=IN_PLACE)
    )

    assert Note.objects.get(person=person).seconds == 760
    assert f'href="{part.url}?t=760"' in shown
    assert "12:40" in text(browser.get("/learning/notes/"))


@pytest.mark.parametrize(
    ("at", "words"), [("soon", "like 12:40"), ("25:00", "ends before 20:00"), ("12:4", "like 12:40")]
)
def test_a_time_that_is_none_is_refused_in_words_and_nothing_typed_is_lost(at, words, browser, person):
    part = PartPageFactory(video=VideoFactory(duration=1200))

    shown = text(browser.post(f"/learning/pages/{part.pk}/notes/", {"text": "Ask her", "at": at}, headers=IN_PLACE))

    assert words in shown
    assert "Ask her" in shown
    assert not Note.objects.exists()


def test_a_note_on_a_paragraph_leads_to_it_and_survives_the_paragraph(browser, person, article):
    paragraph = passages_of(article)[2]
    assert paragraph.quote == "Then listen."
    browser.post(f"/learning/pages/{article.pk}/notes/", {"text": "How?", "passage": paragraph.anchor})
    assert f'href="{article.url}#b-{paragraph.anchor}"' in text(browser.get("/learning/notes/"))
    assert f'id="b-{paragraph.anchor}"' in text(browser.get(article.url))

    article.body = [("rich_text", "<p>Something else.</p>")]
    article.save_revision().publish()

    page = text(browser.get("/learning/notes/"))
    assert "This passage is no longer in the article" in page
    assert "Then listen." in page
    assert "How?" in page


def test_a_note_outlives_its_page(browser, person, article):
    NoteFactory(person=person, page=article, text="Still true")
    article.delete()

    page = text(browser.get("/learning/notes/"))

    assert "Still true" in page
    assert article.title in page
    assert "Still true" in browser.get("/learning/notes/my-notes.md").content.decode()


def test_a_deleted_note_can_be_brought_back_for_a_day(browser, person):
    note = NoteFactory(person=person, text="Not lost")
    browser.post(f"/learning/notes/{note.pk}/delete/", {"next": "/learning/notes/"})
    page = text(browser.get("/learning/notes/"))
    assert "Not lost" not in page
    assert f'action="/learning/notes/{note.pk}/restore/"' in page

    browser.post(f"/learning/notes/{note.pk}/restore/", {"next": "/learning/notes/"})
    assert "Not lost" in text(browser.get("/learning/notes/"))

    browser.post(f"/learning/notes/{note.pk}/delete/")
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        assert browser_of(person).post(f"/learning/notes/{note.pk}/restore/").status_code == 404
        assert unnoting.forget_deleted_notes() == 1


def test_what_was_deleted_goes_for_good_by_the_clock_though_nobody_deletes_anything_else(browser, person):
    kept, gone = NoteFactory(person=person), NoteFactory(person=person)
    unnoting.delete_note(note=gone)

    forget_notes()
    assert Note.objects.filter(pk=gone.pk).exists()
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        forget_notes()

    assert list(Note.objects.values_list("pk", flat=True)) == [kept.pk]


def test_a_note_is_changed_where_it_is(browser, person):
    note = NoteFactory(person=person, seconds=75)

    browser.post(f"/learning/notes/{note.pk}/", {"text": "Better words", "next": "/learning/notes/"})

    note.refresh_from_db()
    assert (note.text, note.seconds) == ("Better words", 75)
    assert browser.post(f"/learning/notes/{note.pk}/", {"text": " "}).status_code == 422


def test_nobody_reaches_the_notes_of_another(browser, person):
    note = NoteFactory(text="A secret")

    answers = [browser.get(f"/learning/notes/{note.pk}/"), browser.post(f"/learning/notes/{note.pk}/delete/")]
    answers.append(browser.post(f"/learning/notes/{note.pk}/restore/"))

    assert {answer.status_code for answer in answers} == {404}
    pages = [browser.get(address) for address in (*LISTS, "/learning/notes/my-notes.md", "/learning/")]
    pages.append(browser.get(f"/learning/fragments/notes/{note.page_id}/"))
    assert all("A secret" not in page.content.decode() for page in pages)


def test_what_is_written_is_shown_as_text(browser, person, article):
    NoteFactory(person=person, page=article, text="<script>alert(1)</script>\n\n[x](javascript:alert(1))")

    for address in ("/learning/notes/", f"/learning/fragments/notes/{article.pk}/", "/learning/"):
        assert "<script>alert" not in browser.get(address).content.decode()


@pytest.mark.parametrize("written", ["", "   ", "x" * 4001])
def test_a_note_that_says_nothing_or_too_much_is_refused(written, browser, article):
    assert browser.post(f"/learning/pages/{article.pk}/notes/", {"text": written}).status_code == 422
    assert not Note.objects.exists()


def test_there_is_a_limit_to_notes_and_it_says_so(browser, person, article, monkeypatch):
    monkeypatch.setattr(noting, "MOST_ON_A_PAGE", 1)
    NoteFactory(person=person, page=article)

    shown = text(browser.post(f"/learning/pages/{article.pk}/notes/", {"text": "One more"}, headers=IN_PLACE))

    assert "There are 1 notes on this page already" in shown
    assert "One more" in shown


def test_notes_go_out_as_markdown_with_their_places_as_links(browser, person, article):
    part = PartPageFactory(title="Offers & *stars*", video=VideoFactory(duration=1200))
    NoteFactory(person=person, page=part, seconds=75, text="# not a heading\nbut a line")
    NoteFactory(person=person, page=article, anchor=passages_of(article)[2].anchor, quote="Then listen.", text="How?")

    response = browser.get("/learning/notes/my-notes.md")
    document = response.content.decode()

    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    assert "attachment" in response["Content-Disposition"]
    assert "## [Offers & \\*stars\\*](<http" in document
    assert f"{part.url}?t=75>)" in document
    assert "\\# not a heading" in document
    assert "### [Then listen.](<http" in document


def test_a_note_cannot_be_at_two_places():
    with pytest.raises(IntegrityError):
        NoteFactory(seconds=3, anchor="x")
