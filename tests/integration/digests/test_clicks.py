"""Clicks are counted in sum, where the site wants it; nothing in a link or a row tells whose they were."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.policy import default

import pytest
from django.urls import reverse

from digests.delivery import sending
from digests.editions import clicks
from digests.models import Clicks, DigestSettings
from tests.factories.accounts import PersonFactory
from tests.factories.digests import DeliveryFactory, new_article
from tests.factories.editions import edition_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return new_article(title="How to be noticed")


@pytest.fixture
def edition(article):
    return edition_with(article)


@pytest.fixture
def counting():
    return DigestSettings.objects.create(counts_clicks=True)


def html_sent(sink, number=0) -> str:
    body = message_from_bytes(sink.raw[number], policy=default).get_body(("html",))
    assert body
    return str(body.get_content())


def counted(html: str) -> list[str]:
    return re.findall(r"/digest/to/\d+/\d+/", html)


def test_unless_the_site_wants_it_links_lead_straight_to_the_page(sink, article, edition):
    DeliveryFactory(period_key=edition.period_key)
    sending.send_due()
    assert article.url in html_sent(sink)
    assert not counted(html_sent(sink))


def test_links_that_are_counted_are_the_same_for_everybody(sink, article, edition, counting):
    for _reader in range(2):
        DeliveryFactory(period_key=edition.period_key)
    sending.send_due()
    first, second = counted(html_sent(sink)), counted(html_sent(sink, 1))
    assert set(first) == {reverse("digests:to", args=[edition.pk, article.pk])}
    assert first == second


def test_a_click_leads_on_at_once_and_adds_one(client, article, edition, counting):
    address = reverse("digests:to", args=[edition.pk, article.pk])
    for _click in range(2):
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (302, article.url)
    assert [row.number for row in clicks.clicks_of(edition.pk)] == [2]
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


@pytest.mark.parametrize("headers", [{"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}])
def test_who_only_looks_ahead_is_led_on_and_not_counted(client, article, edition, counting, headers):
    address = reverse("digests:to", args=[edition.pk, article.pk])
    assert client.get(address, headers=headers).status_code == 302
    assert client.head(address).status_code == 302
    assert not Clicks.objects.exists()


def test_a_site_that_stopped_counting_leads_on_still(client, article, edition):
    assert client.get(reverse("digests:to", args=[edition.pk, article.pk])).status_code == 302
    assert not Clicks.objects.exists()


def test_an_edition_that_is_gone_leads_on_and_counts_nothing(client, article, counting):
    assert client.get(reverse("digests:to", args=[10**6, article.pk])).status_code == 302
    assert not Clicks.objects.exists()


def test_a_page_that_is_not_public_is_not_given_away(client, article, edition, counting):
    article.unpublish()
    assert client.get(reverse("digests:to", args=[edition.pk, article.pk])).status_code == 404
    assert client.get(reverse("digests:to", args=[edition.pk, 10**6])).status_code == 404
    assert not Clicks.objects.exists()


def test_nothing_is_posted_there(client, article, edition):
    assert client.post(reverse("digests:to", args=[edition.pk, article.pk])).status_code == 405


def test_the_editors_see_the_sums(client, article, edition):
    Clicks.objects.create(edition=edition, page=article, number=1234)
    client.force_login(PersonFactory(is_superuser=True, is_staff=True))
    page = client.get(reverse("editions:edit", args=[edition.pk])).content.decode()
    assert "What was opened from it" in page
    assert "1,234" in page
