"""Words are found in other forms than they are written, in the language of the page."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page
from wagtail.search.backends import get_search_backend
from wagtail.search.query import Phrase, PlainText

from home import searching, stemming
from home.models import ContentPage
from tests.factories.careers import ArticlePageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.searches]
ON_POSTGRESQL = connection.vendor == "postgresql"


def article(title: str, words: str, language: str = "en"):
    page = ArticlePageFactory(title=title, body=[("rich_text", f"<p>{words}</p>")])
    if language != "en":
        page.locale = Locale.objects.get_or_create(language_code=language)[0]
        page.save()
    return page


def found(words: str) -> set[str]:
    return {page.title for page in searching.find(words)}


@pytest.fixture
def pages():
    return [
        article("Bessere Gehälter", "Wer gut verhandelte, dem gelingen Verhandlungen auch künftig.", "de"),
        article("Better salaries", "Who negotiated well will go on negotiating."),
    ]


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("Verhandlung", "Bessere Gehälter"),
        ("gehalt", "Bessere Gehälter"),
        ("verhandelt", "Bessere Gehälter"),
        ("salary", "Better salaries"),
        ("negotiate", "Better salaries"),
    ],
)
def test_a_word_is_found_in_another_form_of_its_own_language(pages, words, title):
    assert found(words) == ({title} if ON_POSTGRESQL else set())


@pytest.mark.parametrize(
    "words", ["Verhandlungen", "Gehälter", "Wer gut verhandelte", "negotiating", "Who negotiated well"]
)
def test_words_as_they_are_written_are_found_with_any_database(pages, words):
    assert len(found(words)) == 1


def test_small_words_of_one_language_hide_nothing_of_the_other(pages):
    """“Who” says nothing in English and “wer” nothing in German; both stand in the pages."""
    assert found("wer verhandelte") == {"Bessere Gehälter"}
    assert found("who negotiated") == {"Better salaries"}


def test_what_was_indexed_in_another_language_is_found_as_written_until_it_is_indexed_anew(pages):
    moved = pages[1]
    type(moved).objects.filter(pk=moved.pk).update(locale=Locale.objects.get(language_code="de"))
    assert found("negotiating") == {"Better salaries"}

    call_command("update_index", verbosity=0)

    assert found("negotiating") == {"Better salaries"}
    assert found("negotiated") == {"Better salaries"}
    assert found("Verhandlung") == ({"Bessere Gehälter"} if ON_POSTGRESQL else set())


def test_languages_are_asked_for_once_however_many_pages_are_indexed(pages):
    kind = type(pages[0])
    for number in range(6):
        article(f"Note {number}", "Words.", "de" if number % 2 else "en")
    objects = list(kind.objects.all())

    with CaptureQueriesContext(connection) as queries:
        get_search_backend().get_index_for_model(kind).add_items(kind, objects)

    written = [query["sql"] for query in queries if "indexentry" in query["sql"] and "INSERT" in query["sql"]]
    if ON_POSTGRESQL:
        assert len(written) == 2, "one for each language"
        assert sum('FROM "wagtailcore_locale"' in query["sql"] for query in queries) == 1


def test_what_is_left_out_is_left_out_in_every_language(pages):
    either = PlainText("verhandelte") | PlainText("negotiated")
    assert {page.title for page in Page.objects.search(either)} == {"Bessere Gehälter", "Better salaries"}
    if ON_POSTGRESQL:
        assert [page.title for page in Page.objects.search(either & ~PlainText("Verhandlung"))] == ["Better salaries"]
        assert [page.title for page in Page.objects.search(Phrase("gelingen Verhandlung"))] == ["Bessere Gehälter"]
        assert [page.title for page in ContentPage.objects.search("salary", fields=["title"])] == ["Better salaries"]
    assert list(ContentPage.objects.search("-")) == []


@pytest.mark.parametrize(
    ("code", "config"), [("de", "german"), ("de-at", "german"), ("pt-BR", "portuguese"), ("ja", "simple")]
)
def test_each_language_has_a_configuration_that_postgresql_knows(code, config):
    assert stemming.config_of(code) == config
    if ON_POSTGRESQL:
        with connection.cursor() as cursor:
            cursor.execute("SELECT cfgname FROM pg_ts_config")
            assert {*stemming.CONFIGS.values(), "simple"} <= {name for (name,) in cursor.fetchall()}
