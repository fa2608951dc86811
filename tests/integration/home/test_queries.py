"""Every page of this floor costs a constant number of queries, and at most fifteen."""

from __future__ import annotations

import pytest

from careers.models import ArticleAuthor
from home.models import Area
from tests.factories.careers import ArticlePageFactory
from tests.factories.home import HomePageFactory, ImageFactory, PersonFactory, StandardPageFactory
from tests.queries import assert_constant_queries, fetch

pytestmark = pytest.mark.django_db


@pytest.fixture
def area() -> Area:
    return Area.objects.get(slug="marketplace")


@pytest.fixture
def articles(area):
    def make(count: int) -> None:
        for article in ArticlePageFactory.create_batch(count, areas=[area], tags=["salary"], cover=ImageFactory()):
            ArticleAuthor.objects.create(article=article, person=PersonFactory())

    return make


@pytest.mark.searches
@pytest.mark.parametrize(
    "query", ["", "?q=content", "?q=salary&kind=article&length=short&tag=salary", "?q=nothing+at+all"]
)
def test_search(articles, query):
    assert_constant_queries(fetch(f"/search/{query}"), articles)


def test_an_area(area, articles):
    assert_constant_queries(fetch(area.get_absolute_url()), articles)


def test_a_person(area):
    person = PersonFactory(photo=ImageFactory())

    def write(count: int) -> None:
        for article in ArticlePageFactory.create_batch(count, areas=[area], cover=ImageFactory()):
            ArticleAuthor.objects.create(article=article, person=person)

    assert_constant_queries(fetch(person.get_absolute_url()), write)


def test_the_home_page(articles):
    assert_constant_queries(fetch(HomePageFactory().url), articles)


def test_a_plain_page(articles):
    page = StandardPageFactory()
    assert_constant_queries(fetch(page.url), lambda count: StandardPageFactory.create_batch(count))


@pytest.mark.parametrize(
    "url", ["/feed/", "/areas/marketplace/feed/", "/sitemap.xml", "/sitemap-pages.xml", "/robots.txt"]
)
def test_feeds_and_sitemaps(articles, url):
    assert_constant_queries(fetch(url), articles)
