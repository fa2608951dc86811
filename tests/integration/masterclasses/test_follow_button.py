"""The ways to follow a masterclass and to stop: the button, the list in My learning, the link in each mail."""

from __future__ import annotations

import re

import pytest
from wagtail.models import PageViewRestriction

from masterclasses.models import Follow
from tests.factories.accounts import PersonFactory, browser_of
from tests.factories.masterclasses import (
    FollowFactory,
    MasterclassPageFactory,
)
from tests.queries import assert_constant_queries, fetch

pytestmark = pytest.mark.django_db


@pytest.fixture
def series():
    return MasterclassPageFactory(title="Ready for the market")


def test_the_button_follows_and_stops(series):
    person = PersonFactory()
    browser = browser_of(person)
    fragment = f"/watch/fragments/follow/{series.pk}/"
    assert "Follow this masterclass" in browser.get(fragment).content.decode()

    answer = browser.post(f"/watch/following/{series.pk}/", headers={"X-Requested-With": "fetch"})
    assert "You follow this masterclass" in answer.content.decode()
    assert "no-store" in browser.get(fragment)["Cache-Control"]
    assert series.title in browser.get("/watch/following/").content.decode()
    browser.post(f"/watch/following/{series.pk}/")
    assert Follow.objects.count() == 1

    answer = browser.post(f"/watch/following/{series.pk}/stop/", {"next": series.url})
    assert (answer.status_code, answer["Location"]) == (302, series.url)
    assert not Follow.objects.exists()


def test_the_page_carries_the_button_and_nothing_personal(series):
    page = browser_of(PersonFactory()).get(series.url).content.decode()

    assert f'data-fragment="/watch/fragments/follow/{series.pk}/"' in page
    assert "csrfmiddlewaretoken" not in page


def test_my_learning_leads_to_the_list(series):
    browser = browser_of(FollowFactory(masterclass=series).person)

    assert 'data-fragment="/watch/following/"' in browser.get("/learning/").content.decode()
    assert series.title in browser.get("/watch/following/", headers={"X-Requested-With": "fetch"}).content.decode()


def test_others_sign_in_first(series):
    browser = browser_of(None)

    assert "Sign in" in browser.get(f"/watch/fragments/follow/{series.pk}/").content.decode()
    assert browser.post(f"/watch/following/{series.pk}/").status_code == 302
    assert browser.get("/watch/following/").status_code == 302
    assert not Follow.objects.exists()


@pytest.mark.parametrize("hidden", ["draft", "private", "none"])
def test_what_is_not_public_cannot_be_followed(series, hidden):
    if hidden == "draft":
        series.unpublish()
    elif hidden == "private":
        PageViewRestriction.objects.create(page=series, restriction_type=PageViewRestriction.LOGIN)
    pk = series.pk + 1000 if hidden == "none" else series.pk

    assert browser_of(PersonFactory()).post(f"/watch/following/{pk}/").status_code == 404


def test_the_link_in_the_mail_asks_first_and_works_without_signing_in(series):
    follow = FollowFactory(masterclass=series)
    browser = browser_of(None)
    address = f"/watch/f/{follow.key}"

    for _time in range(3):
        page = browser.get(address)
        browser.head(address)
    assert "Stop following “Ready for the market”?" in page.content.decode()
    assert page["Referrer-Policy"] == "no-referrer"
    browser.post(address, {"something": "else"})
    assert Follow.objects.exists()

    for _time in range(3):
        answer = browser.post(address, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
    assert "do not follow it any more" in answer.content.decode()
    assert not Follow.objects.exists()
    assert browser.get(address).status_code == 410


def test_keys_cannot_be_guessed_and_fit_the_header():
    keys = {FollowFactory().key for _number in range(5)}

    assert len(keys) == 5
    assert all(re.fullmatch(r"[\w-]{16}", key) for key in keys)


def test_the_list_costs_the_same_however_many(series):
    person = PersonFactory()

    def grow(count: int) -> None:
        for _number in range(count):
            FollowFactory(person=person, masterclass=MasterclassPageFactory(parent=series.get_parent()))

    assert_constant_queries(fetch("/watch/following/", browser_of(person)), grow, at_most=15)
