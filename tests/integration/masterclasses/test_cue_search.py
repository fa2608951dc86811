"""The search finds what is said in a part, and leads to the second in which it is said."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from masterclasses.captions.reading import ReadCue
from masterclasses.captions.search import find_sentences
from masterclasses.captions.writing import write
from masterclasses.models import PartCaptions, PartPage
from tests.factories.careers import ArticlePageFactory
from tests.factories.masterclasses import MasterclassPageFactory, PartPageFactory
from tests.queries import assert_constant_queries, fetch, queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.searches]

ON_POSTGRESQL = connection.vendor == "postgresql"


def spoken(part: PartPage, *sentences: str, language: str = "en", start: int = 750) -> PartCaptions:
    """Captions with a sentence every ten seconds, the first at `start`."""
    cues = [
        ReadCue((start + number * 10) * 1000 + 400, (start + number * 10 + 4) * 1000, sentence)
        for number, sentence in enumerate(sentences)
    ]
    return PartCaptions.objects.create(part=part, language=language, webvtt=write(cues))


def excerpts(client, words: str) -> dict[str, list[tuple[str, str]]]:
    """By title of the page: place and words of what is shown below it."""
    listing = client.get("/search/", {"q": words}).context["listing"]
    return {
        page.title: [(one.query, "".join(text for text, _asked in one.pieces)) for one in page.excerpts]
        for page in listing.page_obj
    }


@pytest.fixture
def part():
    return PartPageFactory(title="The marketplace")


def test_a_sentence_leads_to_its_second(client, part):
    spoken(part, "Good evening.", "A consultancy wants something polished by Wednesday.")

    assert excerpts(client, "polished wednesday") == {
        "The marketplace": [("?t=760", "A consultancy wants something polished by Wednesday.")]
    }
    page = client.get("/search/", {"q": "polished"}).text
    assert f'href="{part.url}?t=760"' in page
    assert '<span class="excerpt-place">12:40</span>' in page
    assert "<mark>polished</mark>" in page


def test_at_most_three_sentences_are_shown_and_those_with_most_of_the_words(client, part):
    spoken(part, "Only the salary.", *["The salary and the pension."] * 5)

    found = excerpts(client, "salary pension")["The marketplace"]

    assert [query for query, _text in found] == ["?t=760", "?t=770", "?t=780"]


def test_words_of_different_sentences_find_the_part_with_the_best_of_them(client, part):
    spoken(part, "Ask about the pension first.", "Then about the holidays, and the pension again.", "Goodbye.")

    found = excerpts(client, "pension holidays goodbye")["The marketplace"]

    assert [query for query, _text in found] == ["?t=760"]


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Grüße aus der Straße", "grüße"),
        ("Grüße aus der Straße", "GRÜßE"),
        ("Das Gehalt, die Rente – und der Urlaub", "rente urlaub"),
        ("Don’t ask about 14,000 pounds", "don’t 14,000"),
        ("“Bring order to” means there is none", '"bring order"'),
        ("It is called A/B testing; isn't it?", "a/b testing"),
        ("Ein Café am Königsplatz", "königsplatz café"),
    ],
)
def test_german_and_english_words_quotes_and_punctuation(client, part, said, asked):
    spoken(part, "Something else first.", said, language="de")

    assert excerpts(client, asked) == {"The marketplace": [("?t=760", said)]}


def test_only_whole_words_count(client, part):
    spoken(part, "An article about starting.")

    assert find_sentences([part.pk], "art") == {}


def test_all_languages_are_searched_and_say_which_they_are(client, part):
    spoken(part, "Tell me about the pension.")
    spoken(part, "Erzählen Sie mir von der Rente.", language="de")

    assert list(excerpts(client, "rente")) == ["The marketplace"]
    assert '<span lang="de">' in client.get("/search/", {"q": "rente"}).text


def test_other_kinds_of_pages_have_no_sentences(client, part):
    ArticlePageFactory(title="Pensions", summary="All about the pension.")
    spoken(part, "The pension matters.")

    found = excerpts(client, "pension")

    assert found["Pensions"] == []
    assert len(found["The marketplace"]) == 1


HIDDEN = {
    "unpublished": lambda part: part.unpublish(),
    "private": lambda part: PageViewRestriction.objects.create(page=part, restriction_type="login"),
    "below a private series": lambda part: PageViewRestriction.objects.create(
        page=part.get_parent(), restriction_type="password", password="a word"
    ),
    "deleted": lambda part: part.delete(),
}


@pytest.mark.parametrize("hide", HIDDEN.values(), ids=HIDDEN)
def test_what_is_said_in_a_hidden_part_is_never_told(client, part, hide):
    spoken(part, "The canary sings at midnight.")
    assert "sings" in client.get("/search/", {"q": "midnight"}).text

    hide(part)

    for words in ("canary", "midnight", "marketplace"):
        page = client.get("/search/", {"q": words})
        assert list(page.context["listing"].page_obj) == []
        assert "sings" not in page.text


def test_captions_of_a_draft_are_not_found(client, part):
    part.captions = [PartCaptions(language="en", webvtt=write([ReadCue(0, 900, "A canary of a draft.")]))]
    part.save_revision()

    assert excerpts(client, "canary") == {}


def test_captions_that_are_gone_are_not_found(client, part):
    captions = spoken(part, "The canary sings.")
    assert excerpts(client, "canary")

    captions.delete()

    assert excerpts(client, "canary") == {}


@pytest.mark.parametrize(
    "words",
    [
        "' OR 1=1 --",
        "'; DROP TABLE masterclasses_cue; --",
        '"pension',
        "pension*",
        "NEAR(a b)",
        "a & ! b | c:*",
        "%",
        "_",
        "\\",
        "pension\x00",
        "x" * 5000,
        "pension " * 2000,
        "🎉 ½ ²",
    ],
)
def test_no_query_breaks_the_search(client, part, words):
    spoken(part, "The pension matters.")

    assert client.get("/search/", {"q": words}).status_code == 200
    find_sentences([part.pk], words[:2000])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_any_words_get_an_answer(text):
    assert find_sentences([1, 2], text) == {}


def test_what_is_said_is_shown_as_text(client, part):
    PartCaptions.objects.create(
        part=part, language="en", webvtt="WEBVTT\n\n00:01.000 --> 00:02.000\n&lt;script&gt;alert(1) pension"
    )

    page = client.get("/search/", {"q": "pension"}).text

    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def test_sentences_cost_one_query_however_many_parts_are_found(client):
    series = MasterclassPageFactory()

    def grow(count: int) -> None:
        for _number in range(count):
            spoken(PartPageFactory(parent=series), *["The pension matters."] * 5)

    assert_constant_queries(fetch("/search/?q=pension", client), grow, at_most=18)
    asked = [
        sql for sql in queries_of(fetch("/search/?q=pension", client)) if re.search("FROM .masterclasses_cue", sql)
    ]
    assert len(asked) == 1


def test_forms_of_a_word_are_found_where_the_database_knows_them(client, part):
    spoken(part, "We negotiated for a week.")

    found = excerpts(client, "negotiating")

    assert bool(found.get("The marketplace")) is _database_knows_english()


def _database_knows_english() -> bool:
    if not ON_POSTGRESQL:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('default_text_search_config')")
        return cursor.fetchone()[0].endswith("english")
