"""Links in mail: what each does, that scanners do nothing with them, and that no other token opens them."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from digests import links
from digests.links import Purpose
from digests.models import ConsentReceipt, Subscriber
from jobs.models import Mail
from tests.factories.accounts import PersonFactory, browser_of
from tests.factories.digests import SubscriberFactory, marketplace
from tests.factories.home import AreaFactory, HomePageFactory

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture(autouse=True)
def _site():
    HomePageFactory()


def path_of(reader: Subscriber, purpose: Purpose) -> str:
    return urlsplit(links.url(reader, purpose)).path


def reload(reader: Subscriber) -> Subscriber:
    return Subscriber.objects.get(pk=reader.pk)


def test_confirming_begins_the_subscription():
    reader = SubscriberFactory(pending=True)
    response = Client().post(path_of(reader, Purpose.CONFIRM))
    assert response.status_code == 200
    reader = reload(reader)
    assert reader.status == "confirmed"
    assert reader.next_due_at > timezone.now()
    assert [receipt.event for receipt in ConsentReceipt.objects.all()] == ["confirmed"]


@pytest.mark.parametrize("purpose", Purpose)
def test_whoever_only_looks_changes_nothing(purpose):
    for reader in (SubscriberFactory(pending=True), SubscriberFactory(), SubscriberFactory(left=True)):
        before = Subscriber.objects.filter(pk=reader.pk).values().get()
        for _time in range(2):
            for ask in (Client().get, Client().head, Client().options):
                assert ask(path_of(reader, purpose)).status_code == 200
        assert Subscriber.objects.filter(pk=reader.pk).values().get() == before
    assert not Mail.objects.exists()
    assert not ConsentReceipt.objects.exists()


def test_confirming_three_times_changes_one_thing():
    reader = SubscriberFactory(pending=True)
    path = path_of(reader, Purpose.CONFIRM)
    assert [Client().post(path).status_code for _time in range(3)] == [200, 200, 200]
    assert ConsentReceipt.objects.count() == 1


def test_a_confirmation_link_runs_out_after_seven_days():
    reader = SubscriberFactory(pending=True)
    path = path_of(reader, Purpose.CONFIRM)
    with time_machine.travel(timezone.now() + timedelta(days=7, seconds=1)):
        for ask in (Client().get, Client().post):
            response = ask(path)
            assert response.status_code == 410
            assert "/digest/subscribe/" in response.content.decode()
    assert reload(reader).status == "pending"


def test_an_unsubscribe_link_works_after_two_years():
    reader = SubscriberFactory()
    path = path_of(reader, Purpose.UNSUBSCRIBE)
    with time_machine.travel(timezone.now() + timedelta(days=730)):
        assert Client().post(path, ONE_CLICK).status_code == 200
    assert reload(reader).status == "unsubscribed"


def test_unsubscribing_takes_one_post_without_cookies_token_or_redirect():
    reader = SubscriberFactory()
    client = Client(enforce_csrf_checks=True)
    path = path_of(reader, Purpose.UNSUBSCRIBE)
    for _time in range(3):
        response = client.post(path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
        assert response.status_code == 200
        assert not response.cookies
    reader = reload(reader)
    assert (reader.status, reader.next_due_at) == ("unsubscribed", None)
    assert ConsentReceipt.objects.count() == 1


@pytest.mark.parametrize("body", [{}, {"List-Unsubscribe": "one-click"}, {"List-Unsubscribe": ""}, {"x": "One-Click"}])
def test_a_post_with_another_body_shows_the_page_and_changes_nothing(body):
    reader = SubscriberFactory()
    response = Client().post(path_of(reader, Purpose.UNSUBSCRIBE), body)
    assert response.status_code == 200
    assert "One-Click" in response.content.decode()
    assert reload(reader).status == "confirmed"


def test_unsubscribing_can_be_undone_by_a_new_confirmation():
    reader = SubscriberFactory(rhythm="daily")
    page = Client().post(path_of(reader, Purpose.UNSUBSCRIBE), ONE_CLICK).content.decode()
    back = urlsplit(re.search(r'href="([^"]+/digest/r/[^"]+)"', page)[1]).path
    assert Client().post(back).status_code == 302
    assert reload(reader).status == "unsubscribed"
    link = urlsplit(re.search(r"\S+/digest/c/\S+", Mail.objects.get().text)[0]).path
    assert Client().post(link).status_code == 200
    reader = reload(reader)
    assert (reader.status, reader.rhythm) == ("confirmed", "daily")


def test_an_old_confirmation_link_does_not_bring_back_who_has_left():
    reader = SubscriberFactory(pending=True)
    link = path_of(reader, Purpose.CONFIRM)
    Client().post(link)
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        Client().post(path_of(reader, Purpose.UNSUBSCRIBE), ONE_CLICK)
        assert Client().post(link).status_code == 410
    assert reload(reader).status == "unsubscribed"


def test_a_suppressed_address_is_not_confirmed_by_any_link():
    reader = SubscriberFactory(suppressed=True)
    assert Client().post(path_of(reader, Purpose.CONFIRM)).status_code == 410
    Client().post(path_of(reader, Purpose.RETURN))
    Client().post(path_of(reader, Purpose.UNSUBSCRIBE), ONE_CLICK)
    assert reload(reader).status == "suppressed"
    assert not Mail.objects.exists()


@pytest.mark.parametrize("made_for", Purpose)
def test_a_token_opens_only_what_it_was_made_for(made_for):
    reader = SubscriberFactory()
    token = links.token(reader, made_for)
    letters = {Purpose.CONFIRM: "c", Purpose.UNSUBSCRIBE: "u", Purpose.PREFERENCES: "p", Purpose.RETURN: "r"}
    for purpose, letter in letters.items():
        for ask in (Client().get, lambda path: Client().post(path, ONE_CLICK)):
            code = ask(f"/digest/{letter}/{token}").status_code
            assert (code != 404) == (purpose == made_for)
    if made_for != Purpose.UNSUBSCRIBE:
        assert reload(reader).status == "confirmed"


@pytest.mark.parametrize("letter", "cupr")
@pytest.mark.parametrize(
    "token", ["x", "=", "None", "%00", "AAAA", "A" * 24, "A" * 10_000, "é" * 20, "-" * 27, "..%2f"]
)
def test_nonsense_is_a_page_that_says_so(letter, token):
    for ask in (Client().get, Client().post):
        assert ask(f"/digest/{letter}/{token}").status_code == 404


@pytest.mark.parametrize("purpose", Purpose)
def test_one_flipped_bit_spoils_a_token(purpose):
    reader = SubscriberFactory()
    token = links.token(reader, purpose)
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for place, letter in enumerate(token):
        for bit in range(6):
            other = alphabet[alphabet.index(letter) ^ (1 << bit)]
            assert links.read(token[:place] + other + token[place + 1 :], purpose) is None
    for length in range(len(token)):
        assert links.read(token[:length], purpose) is None


def test_the_token_of_somebody_else_is_of_no_use():
    one, other = SubscriberFactory(), SubscriberFactory()
    assert links.token(one, Purpose.UNSUBSCRIBE) != links.token(other, Purpose.UNSUBSCRIBE)
    assert links.read(links.token(one, Purpose.UNSUBSCRIBE), Purpose.UNSUBSCRIBE).subscriber == one


def test_the_link_of_a_deleted_subscriber_offers_a_new_one():
    reader = SubscriberFactory()
    path = path_of(reader, Purpose.UNSUBSCRIBE)
    reader.delete()
    response = Client().get(path)
    assert response.status_code == 404
    assert "/digest/subscribe/" in response.content.decode()


def test_preferences_change_what_they_show_and_nothing_else():
    reader = SubscriberFactory()
    training = AreaFactory(slug="training")
    kept = {
        "email": "thief@example.org",
        "email_key": "thief@example.org",
        "status": "suppressed",
        "person": PersonFactory().pk,
        "secret": "0" * 32,
        "confirmed_at": "",
        "unsubscribed_at": "2020-01-01",
        "next_due_at": "2020-01-01",
        "last_due_at": "2020-01-01",
        "asked_count": 99,
        "created_at": "2020-01-01",
        "id": 12345,
    }
    wanted = {"rhythm": "daily", "weekday": 3, "month_day": 5, "hour": 20, "time_zone": "Asia/Tokyo"}
    before = Subscriber.objects.filter(pk=reader.pk).values().get()
    path = path_of(reader, Purpose.PREFERENCES)
    assert Client().post(path, {**kept, **wanted, "areas": [training.pk]}).status_code == 200
    after = Subscriber.objects.filter(pk=reader.pk).values().get()
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"next_due_at", *wanted}
    assert list(reader.areas.all()) == [training]


def test_wrong_preferences_are_explained_and_not_stored():
    reader = SubscriberFactory()
    response = Client().post(
        path_of(reader, Purpose.PREFERENCES), {"rhythm": "hourly", "hour": 25, "time_zone": "Mars"}
    )
    assert response.status_code == 200
    assert set(response.context["form"].errors) >= {"areas", "rhythm", "hour", "time_zone"}
    assert reload(reader).rhythm == "weekly"


@pytest.mark.parametrize("purpose", Purpose)
def test_no_page_behind_a_link_is_cached_or_told_to_other_sites(purpose):
    reader = SubscriberFactory()
    for ask in (Client().get, Client().post):
        response = ask(path_of(reader, purpose))
        assert response["Cache-Control"] == "private, no-store"
        assert response["Referrer-Policy"] in ("no-referrer", "same-origin")
        assert 'src="http' not in response.content.decode()


@pytest.mark.parametrize("purpose", [Purpose.CONFIRM, Purpose.PREFERENCES, Purpose.RETURN])
def test_every_post_but_the_one_of_rfc_8058_needs_its_csrf_token(purpose):
    path = path_of(SubscriberFactory(pending=True), purpose)
    assert Client(enforce_csrf_checks=True).post(path).status_code == 403


@pytest.mark.parametrize("target", ["//evil.test", "https:evil.test", "/\\evil.test", "javascript:alert(1)"])
def test_no_address_in_the_query_leads_away(target):
    reader = SubscriberFactory(pending=True)
    for path in ("/digest/", "/digest/subscribe/", path_of(reader, Purpose.RETURN)):
        for ask in (Client().get, Client().post):
            response = ask(path, query_params={"next": target})
            assert "evil" not in response.get("Location", "")


def test_a_subscription_belongs_to_the_person_who_proved_the_address():
    person = PersonFactory(email="Me@example.org")
    reader = SubscriberFactory(email="me@example.org", pending=True)
    Client().post(path_of(reader, Purpose.CONFIRM))
    assert reload(reader).person == person
    response = browser_of(person).get("/digest/preferences/")
    assert response.url.startswith("/digest/p/")


def test_an_address_that_nobody_proved_links_to_nobody():
    PersonFactory(email="me@example.org", address=False)
    reader = SubscriberFactory(email="me@example.org", pending=True)
    Client().post(path_of(reader, Purpose.CONFIRM))
    assert reload(reader).person is None


def test_who_has_no_subscription_is_led_to_the_form():
    assert browser_of(PersonFactory()).get("/digest/preferences/").url == "/digest/subscribe/"
    assert "/accounts/login/" in Client().get("/digest/preferences/").url


def test_a_change_of_preferences_shows_the_next_three_times():
    reader = SubscriberFactory(time_zone="Asia/Kathmandu", rhythm="daily", hour=7)
    data = {"areas": [marketplace().pk], "rhythm": "daily", "weekday": 0, "month_day": 1, "hour": 7}
    response = Client().post(path_of(reader, Purpose.PREFERENCES), data | {"time_zone": "Asia/Kathmandu"})
    assert response.content.decode().count(", 07:00</time>") == 3
