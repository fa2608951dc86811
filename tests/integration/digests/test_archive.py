"""Past editions: for everybody, without anything personal, and only what is still public."""

from __future__ import annotations

import pytest
from django.utils import timezone

from digests.models import DigestSettings
from tests.factories.digests import DeliveryFactory, new_article
from tests.factories.editions import EditionItemFactory, edition_with
from tests.factories.home import HomePageFactory
from tests.queries import assert_constant_queries, fetch

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site():
    HomePageFactory()


def test_an_edition_can_be_read_from_its_first_mail_on(client):
    edition = edition_with(new_article(title="How to be noticed"), note="<p>A word before</p>")
    assert client.get(edition.path).status_code == 404
    assert edition.period not in client.get("/letters/").content.decode()

    DeliveryFactory(period_key=edition.period_key, selected_at=timezone.now())

    page = client.get(edition.path).content.decode()
    for words in ("How to be noticed", "A word before", "noindex"):
        assert words in page
    assert edition.path in client.get("/letters/").content.decode()


def test_it_holds_nothing_personal_and_is_kept_by_the_page_cache(client, settings):
    settings.PAGE_CACHE_SECONDS = 60
    edition = edition_with(new_article(), state="closed")

    response = client.get(edition.path)

    assert "public" in response["Cache-Control"]
    assert "/digest/u/" not in response.content.decode()
    assert "example.org" not in response.content.decode().replace("portal.example.org", "")


def test_what_was_left_out_or_is_no_longer_public_is_not_in_it(client):
    kept, gone = new_article(title="Still here"), new_article(title="Gone since")
    edition = edition_with(kept, gone, state="archived")
    EditionItemFactory(edition=edition, page=new_article(title="Left out"), left_out=True)
    gone.unpublish()

    page = client.get(edition.path).content.decode()

    assert "Still here" in page
    assert "Gone since" not in page
    assert "Left out" not in page


def test_a_note_that_nobody_approved_is_not_shown_where_approval_is_wanted(client):
    DigestSettings.objects.create(needs_approval=True, archive_in_search=True)
    edition = edition_with(new_article(), note="<p>A word before</p>", state="closed")

    page = client.get(edition.path).content.decode()

    assert "A word before" not in page
    assert "noindex" not in page


@pytest.mark.parametrize("path", ["weekly-2026-w99", "weekly", "hourly-2026-01", "1", "weekly-2026-w24-x"])
def test_an_edition_that_never_was_is_not_found(client, path):
    assert client.get(f"/letters/{path}/").status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999", "٣"])
def test_a_page_of_the_list_that_is_not_there_is_no_error(client, page):
    assert client.get("/letters/", {"page": page}).status_code == 200


def test_an_edition_costs_the_same_however_much_is_in_it():
    edition = edition_with(state="closed")

    def grow(rows):
        for _row in range(rows):
            EditionItemFactory(edition=edition, page=new_article())

    assert_constant_queries(lambda: [fetch(edition.path)(), fetch("/letters/")()], grow, at_most=40)
