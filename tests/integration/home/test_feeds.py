from __future__ import annotations

from datetime import date

import feedparser
import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from careers.models import ArticleAuthor
from home.models import Area
from tests.factories.careers import ArticlePageFactory
from tests.factories.home import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    page = ArticlePageFactory(
        title="Ten numbers & what they say",
        summary="Gather these before the review.",
        published_on=date(2026, 3, 1),
        areas=[Area.objects.get(slug="training")],
        tags=["salary"],
    )
    page.save_revision().publish()
    ArticleAuthor.objects.create(article=page, person=PersonFactory(name="Amara Okonjo"))
    return page


def read(client, url: str):
    response = client.get(url)
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = feedparser.parse(response.content)
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def test_a_feed_reader_reads_all_that_a_card_shows(client, article):
    (entry,) = read(client, "/feed/").entries
    assert entry.title == "Ten numbers & what they say"
    assert entry.summary == "Gather these before the review."
    assert entry.link == article.full_url
    assert entry.author == "Amara Okonjo"
    assert {tag.term for tag in entry.tags} == {"Training and development", "salary"}
    assert entry.published_parsed[:3] == (2026, 3, 1)
    assert entry.updated_parsed[:3] == timezone.now().timetuple()[:3]


def test_an_entry_keeps_its_id_when_the_page_moves(client, article):
    before = read(client, "/feed/").entries[0].id
    article.slug = "another-address"
    article.save()
    after = read(client, "/feed/").entries[0]
    assert after.id == before
    assert after.link.endswith("/another-address/")


def test_an_area_has_a_feed_of_its_own(client, article):
    ArticlePageFactory(title="Elsewhere", areas=[Area.objects.get(slug="networking")])
    feed = read(client, "/areas/training/feed/")
    assert [entry.title for entry in feed.entries] == [article.title]
    assert feed.feed.title.endswith("Training and development")


def test_an_area_that_does_not_exist_has_none(client):
    assert client.get("/areas/nowhere/feed/").status_code == 404


def test_drafts_and_private_pages_stay_out(client, article):
    PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)
    ArticlePageFactory(title="A draft", live=False)
    assert read(client, "/feed/").entries == []


def test_a_reader_that_has_the_feed_gets_304(client, article):
    etag = client.get("/feed/")["ETag"]
    assert client.get("/feed/", headers={"if-none-match": etag}).status_code == 304


def test_the_feed_can_only_be_read(client):
    assert client.post("/feed/").status_code == 405
