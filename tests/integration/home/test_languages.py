"""One portal in several languages: the address says which."""

import re

import pytest
from django.test import Client
from django.utils import translation
from wagtail.models import Locale, Page

from home import languages
from home.models import Area, ContentPage
from tests.factories.careers import ArticlePageFactory, LearningPathPageFactory
from tests.factories.home import HomePageFactory
from tests.factories.languages import translated
from tests.queries import assert_constant_queries, fetch

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return ArticlePageFactory(title="Reading an advert", areas=[Area.objects.get(slug="marketplace")])


@pytest.fixture
def german(article):
    return translated(article, title="Eine Anzeige lesen")


def test_a_page_of_before_is_in_the_default_language_and_keeps_its_address(client, article):
    assert article.locale.language_code == "en-gb"
    assert not article.url.startswith("/en")

    answer = client.get(article.url)

    assert '<html lang="en-gb">' in answer.content.decode()


def test_a_translation_has_its_language_in_front_of_its_address_and_in_its_page(client, article, german):
    assert german.url == f"/de{article.url}"

    page = client.get(german.url).content.decode()

    assert '<html lang="de">' in page
    assert "Eine Anzeige lesen" in page


def test_pages_name_their_translations_to_robots_and_to_people(client, article, german):
    page = client.get(article.url).content.decode()

    assert f'<link rel="alternate" hreflang="de" href="http://localhost:8000{german.url}">' in page
    assert f'<link rel="alternate" hreflang="x-default" href="http://localhost:8000{article.url}">' in page
    assert f'<a href="{german.url}" lang="de" hreflang="de">Deutsch</a>' in page
    assert f'<a href="{article.url}" lang="en-gb" hreflang="en-gb" aria-current="true">English</a>' in page


def test_a_page_without_a_translation_leads_people_to_the_front_page_and_robots_nowhere(client, german):
    other = ArticlePageFactory(title="English only")

    page = client.get(other.url).content.decode()

    assert '<a href="/de/" lang="de" hreflang="de">Deutsch</a>' in page
    assert 'rel="alternate" hreflang="de"' not in page


def test_where_there_is_one_language_nobody_is_offered_another(client, article):
    page = client.get(article.url).content.decode()

    assert "hreflang" not in page


def test_our_own_pages_are_there_in_every_language(client, german):
    page = client.get("/de/search/?q=anzeige").content.decode()

    assert '<html lang="de"' in page
    assert '<a href="/search/" lang="en-gb" hreflang="en-gb">English</a>' in page


@pytest.mark.parametrize("accept", ["de", "de-DE,de;q=0.9", "fr"])
def test_an_address_without_a_language_is_english_whatever_the_browser_prefers(article, german, accept):
    page = Client(headers={"Accept-Language": accept}).get(article.url).content.decode()

    assert '<html lang="en-gb"' in page


def test_without_a_front_page_in_a_language_its_addresses_lead_to_the_page_itself(client, article):
    answer = client.get(f"/de{article.url}")

    assert (answer.status_code, answer["Location"]) == (302, f"http://localhost{article.url}") or answer[
        "Location"
    ] == article.url


def test_a_page_that_is_not_translated_is_not_found_in_that_language(client, german):
    other = ArticlePageFactory(title="English only")

    assert client.get(f"/de{other.url}").status_code == 404


@pytest.mark.parametrize("address", ["/areas/marketplace/", "/search/", "/"])
def test_lists_show_the_pages_of_their_language_alone(client, article, german, address):
    english, other = client.get(address).content.decode(), client.get(f"/de{address}").content.decode()

    assert "Reading an advert" in english
    assert "Eine Anzeige lesen" not in english
    assert "Eine Anzeige lesen" in other
    assert "Reading an advert" not in other


def test_each_language_has_its_feed(client, article, german):
    english, other = client.get("/feed/").content.decode(), client.get("/de/feed/").content.decode()

    assert ("Reading an advert" in english, "Eine Anzeige lesen" in english) == (True, False)
    assert ("Reading an advert" in other, "Eine Anzeige lesen" in other) == (False, True)
    assert 'xml:lang="de"' in other


def test_the_sitemap_has_the_pages_of_every_language(client, article, german):
    listed = client.get("/sitemap-pages.xml").content.decode()

    assert f"{article.url}</loc>" in listed
    assert f"{german.url}</loc>" in listed


def test_robots_are_kept_out_of_private_places_in_every_language(client):
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert {"Disallow: /learning/", "Disallow: /de/learning/"} <= {*lines}


def test_lists_in_another_language_cost_the_same_however_many_pages_there_are(german):
    area = Area.objects.get(slug="marketplace")

    def more(number: int) -> None:
        for _each in range(number):
            translated(ArticlePageFactory(areas=[area]))

    assert_constant_queries(fetch("/de/areas/marketplace/"), more)


def test_pages_are_cached_by_their_language(article, german, settings):
    settings.PAGE_CACHE_SECONDS = 60
    for _twice in range(2):
        assert '<html lang="de"' in Client().get("/de/").content.decode()
        assert '<html lang="en-gb"' in Client(headers={"Accept-Language": "de"}).get("/").content.decode()
    assert "private" in Client().get("/de/learning/")["Cache-Control"]


def test_an_area_has_words_of_its_own_in_each_language(client, german):
    Area.objects.filter(slug="marketplace").update(words={"de": {"title": "Stellenmarkt"}})

    page = client.get("/de/areas/marketplace/").content.decode()

    assert "Stellenmarkt" in page
    assert Area.objects.get(slug="marketplace").summary in page  # what is not said stays in the default language
    assert "Stellenmarkt" not in client.get("/areas/marketplace/").content.decode()


def test_a_translated_path_leads_to_translated_pages_where_there_are_any(article, german):
    other = ArticlePageFactory(title="English only")
    path = LearningPathPageFactory(title="A path", stages=[[article, other]])

    copy = translated(path)

    assert [step.page_id for step in copy.stages.get().steps.all()] == [german.pk, other.pk]


def test_languages_with_a_published_front_page_are_offered(article):
    assert languages.offered() == [("en-gb", "English")]

    translated(HomePageFactory())

    assert languages.offered() == [("en-gb", "English"), ("de", "Deutsch")]


def test_a_language_that_runs_from_right_to_left_turns_the_page(client, article, settings):
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [("en-gb", "English"), ("ar", "العربية")]
    with translation.override("ar"):
        page = client.get("/ar/search/").content.decode()

    assert re.search(r'<html lang="ar" dir="rtl">', page)


@pytest.mark.parametrize(
    ("path", "plain"),
    [("/de/learning/", "/learning/"), ("/learning/", "/learning/"), ("/design/", "/design/"), ("/de", "/de")],
)
def test_the_language_is_taken_off_an_address(path, plain):
    assert languages.without_prefix(path) == plain


def test_every_page_of_an_existing_site_has_the_default_locale():
    assert set(Page.objects.values_list("locale__language_code", flat=True)) == {"en-gb"}
    assert Locale.objects.count() == 1
    assert ContentPage.objects.in_language().count() == ContentPage.objects.count()
