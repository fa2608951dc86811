from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from home import searching
from home.models import Person
from tests.factories.careers import ArticlePageFactory
from tests.factories.home import PersonFactory, StandardPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.searches]

ON_POSTGRESQL = connection.vendor == "postgresql"


def titles(response) -> list[str]:
    return [page.title for page in response.context["listing"].page_obj]


@pytest.fixture
def article():
    return ArticlePageFactory(title="How to ask for a better salary", tags=["negotiation"])


def test_words_are_found_in_title_summary_body_and_tags(client, article):
    article.summary = "What the remuneration committee never says."
    article.save()
    for word in ("salary", "remuneration", "begin", "negotiation"):
        assert titles(client.get("/search/", {"q": word})) == [article.title], word


def test_all_words_must_be_there(client, article):
    assert titles(client.get("/search/", {"q": "better salary"})) == [article.title]
    assert titles(client.get("/search/", {"q": "better gardening"})) == []


def test_a_word_in_the_title_counts_for_more(client, article):
    ArticlePageFactory(title="Something else", body=[("rich_text", "<p>A word about salary.</p>")])
    assert titles(client.get("/search/", {"q": "salary"})) == [article.title, "Something else"]


def test_filters_apply_to_what_was_found(client, article):
    ArticlePageFactory(title="An interview about salary", form="interview")
    found = client.get("/search/", {"q": "salary", "kind": "interview"})
    assert titles(found) == ["An interview about salary"]
    assert found.context["listing"].clear_url == "/search/?q=salary"


def test_without_words_everything_is_listed(client, article):
    assert titles(client.get("/search/")) == [article.title]


def test_drafts_are_not_found(client, article):
    article.unpublish()
    assert titles(client.get("/search/", {"q": "salary"})) == []


def test_areas_people_and_plain_pages_are_found_by_name(client):
    person = PersonFactory(name="Amara Okonjo")
    page = StandardPageFactory(title="How we work")
    assert person in client.get("/search/", {"q": "okonjo"}).context["elsewhere"]
    assert page.page_ptr in [
        getattr(one, "page_ptr", one) for one in client.get("/search/", {"q": "work"}).context["elsewhere"]
    ]
    assert [str(one) for one in client.get("/search/", {"q": "networking"}).context["elsewhere"]] == ["Networking"]


def test_nothing_found_helps_on(client, article):
    response = client.get("/search/", {"q": "zzzzzz"})
    assert "Nothing found for" in response.text
    assert "/areas/marketplace/" in response.text


def test_a_misspelt_word_brings_suggestions_where_the_database_can_compare(article):
    found = [suggestion.text for suggestion in searching.suggestions("salery")]
    assert found == (["How to ask for a better salary"] if ON_POSTGRESQL else [])


def test_a_misspelt_tag_brings_the_tag(article):
    found = [suggestion.url for suggestion in searching.suggestions("negotation")]
    assert ("/search/?tag=negotiation" in found) is ON_POSTGRESQL


def test_suggestions_never_name_a_draft(article):
    article.unpublish()
    assert [one.text for one in searching.suggestions("salery")] == []


@pytest.mark.parametrize(
    "query",
    [
        "'",
        '"',
        "a OR",
        "NOT",
        "*",
        "a*b",
        "(((",
        "a:b",
        "\\",
        "%",
        "_",
        "a & ! b",
        "\x00",
        "a\x00b",
        "<script>",
        "🎉",
        "x" * 5000,
    ],
)
def test_any_input_gets_an_answer(client, article, query):
    response = client.get("/search/", {"q": query})
    assert response.status_code == 200
    assert "<script>alert" not in response.text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_no_words_break_the_search(text):
    words = searching.clean(text)
    if words:
        list(searching.find(words)[:5])
        searching.suggestions(words)
        searching.elsewhere(words, [])


def test_the_words_are_shown_as_text(client):
    response = client.get("/search/", {"q": '"><img src=x onerror=alert(1)>'})
    assert "<img src=x" not in response.text


def test_a_person_without_work_is_still_found():
    PersonFactory(name="Nobody Yet")
    assert Person.objects.get(name="Nobody Yet") in searching.elsewhere("nobody", [])
