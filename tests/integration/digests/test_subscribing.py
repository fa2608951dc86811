"""The form: what it takes, what it refuses, and that it tells nobody who is subscribed."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from digests import addresses
from digests.actions import ask
from digests.models import ConsentReceipt, Subscriber
from jobs.models import Mail
from tests.factories.accounts import PersonFactory, browser_of
from tests.factories.digests import SubscriberFactory, marketplace, wish
from tests.factories.home import AreaFactory, HomePageFactory

pytestmark = pytest.mark.django_db
URL = "/digest/subscribe/"


@pytest.fixture(autouse=True)
def _site():
    HomePageFactory()


def answers(**changes):
    filled = {
        "email": "reader@example.org",
        "areas": [marketplace().pk],
        "rhythm": "weekly",
        "weekday": "1",
        "month_day": "1",
        "hour": "8",
        "time_zone": "Europe/London",
    }
    return {name: value for name, value in (filled | changes).items() if value is not None}


def subscribe(**changes):
    return Client().post(URL, answers(**changes))


def test_subscribing_stores_the_wish_and_mails_a_link():
    training = AreaFactory(slug="training")
    response = subscribe(areas=[training.pk], rhythm="monthly", month_day="31", hour="23", time_zone="Pacific/Auckland")
    assert response.url == "/digest/check-your-mail/"
    reader = Subscriber.objects.get()
    assert (reader.status, reader.next_due_at) == ("pending", None)
    assert (reader.rhythm, reader.month_day, reader.hour, reader.time_zone) == (
        "monthly",
        31,
        23,
        "Pacific/Auckland",
    )
    assert list(reader.areas.all()) == [training]
    mail = Mail.objects.get()
    assert mail.recipient == "reader@example.org"
    assert "/digest/c/" in mail.text
    assert "/digest/c/" in mail.html


def test_what_the_person_read_is_kept():
    subscribe()
    receipt = ConsentReceipt.objects.get()
    assert (receipt.event, receipt.place) == ("asked", URL)
    assert "digest" in receipt.text


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("email", "a@b", "e-mail address such as"),
        ("email", "a@b.com\n", "cannot be seen"),
        ("email", '"<script>"@b.com', "without quotation marks"),
        ("email", "a@[127.0.0.1]", "not a number"),
        ("email", "a" * 65 + "@b.com", "longer than it can be"),
        ("email", "é@b.com", "plain letters"),
        ("email", "x" * 400 + "@b.com", "at most 320 characters"),
        ("email", "", "This field is required"),
        ("areas", None, "Choose at least one area."),
        ("areas", ["999999"], "Select a valid choice"),
        ("rhythm", "hourly", "Select a valid choice"),
        ("weekday", "7", "Select a valid choice"),
        ("month_day", "32", "Select a valid choice"),
        ("hour", "25", "Select a valid choice"),
        ("time_zone", "Mars/Olympus", "not a time zone"),
        ("time_zone", "../etc/passwd", "not a time zone"),
        ("time_zone", "US/Pacific-New", "not a time zone"),
        ("time_zone", "", "This field is required"),
        ("email", "a\x00@b.com", "Null characters"),
    ],
)
def test_a_wrong_answer_is_explained_beside_its_field_and_nothing_is_stored(field, value, message):
    response = subscribe(**{field: value})
    assert response.status_code == 200
    assert message in " ".join(response.context["form"].errors[field])
    page = response.content.decode()
    assert f'aria-describedby="id_{field}' in page
    assert f'id="id_{field}_error"' in page
    assert not Subscriber.objects.exists()
    assert not Mail.objects.exists()


def test_capitals_make_no_second_subscription():
    subscribe(email="A@B.COM")
    subscribe(email="a@b.com")
    assert Subscriber.objects.count() == 1


def test_a_name_with_an_umlaut_is_sent_to_as_mail_servers_know_it():
    subscribe(email="a@bücher.de")
    assert Mail.objects.get().recipient == "a@xn--bcher-kva.de"


def test_the_answer_is_the_same_byte_for_byte_whoever_asks():
    SubscriberFactory(email="confirmed@example.org")
    SubscriberFactory(email="pending@example.org", pending=True)
    SubscriberFactory(email="left@example.org", left=True)
    SubscriberFactory(email="suppressed@example.org", suppressed=True)
    seen = set()
    for name in ("new", "confirmed", "pending", "left", "suppressed"):
        response = subscribe(email=f"{name}@example.org")
        followed = Client().get(response.url)
        headers = tuple(sorted(response.headers.items()))
        seen.add((response.status_code, response.content, headers, followed.content))
    assert len(seen) == 1


def test_a_confirmed_subscriber_is_told_by_mail_and_nothing_changes():
    reader = SubscriberFactory(email="confirmed@example.org", rhythm="daily")
    subscribe(email="confirmed@example.org", rhythm="monthly")
    reader.refresh_from_db()
    assert (reader.status, reader.rhythm) == ("confirmed", "daily")
    mail = Mail.objects.get()
    assert "already" in mail.subject
    assert "/digest/c/" not in mail.text


def test_a_suppressed_address_gets_no_mail():
    SubscriberFactory(email="suppressed@example.org", suppressed=True)
    subscribe(email="suppressed@example.org")
    assert not Mail.objects.exists()


def test_nobody_can_have_an_address_bombed_with_mail():
    address, now = addresses.parse("victim@example.org"), timezone.now()
    for minute in range(0, 60 * 24, 7):
        ask(address=address, wish=wish(), words="Yes", place=URL, now=now + timedelta(minutes=minute))
    assert Mail.objects.count() == 3


def test_a_second_mail_may_come_after_ten_minutes():
    now = timezone.now()
    for minutes, mails in ((0, 1), (9, 1), (10, 2), (25, 3), (60, 3), (60 * 24 + 1, 4)):
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            subscribe()
            assert Mail.objects.count() == mails


def test_one_visitor_cannot_write_to_many_addresses():
    codes = [subscribe(email=f"reader{n}@example.org").status_code for n in range(25)]
    assert codes == [302] * 20 + [429] * 5
    assert Mail.objects.count() == 20


def test_the_page_is_never_cached_and_tells_other_sites_nothing():
    for response in (Client().get(URL), subscribe(), Client().get("/digest/check-your-mail/")):
        assert response["Cache-Control"] == "private, no-store"
        assert response["Referrer-Policy"] in ("no-referrer", "same-origin")


def test_a_form_without_its_csrf_token_is_refused():
    assert Client(enforce_csrf_checks=True).post(URL, answers()).status_code == 403
    assert not Subscriber.objects.exists()


def test_somebody_who_is_signed_in_finds_their_address_and_zone_filled_in():
    person = PersonFactory(email="me@example.org", time_zone="Asia/Kathmandu")
    form = browser_of(person).get(URL).context["form"]
    assert form["email"].value() == "me@example.org"
    assert form["time_zone"].value() == "Asia/Kathmandu"


def test_the_area_whose_page_led_here_is_ticked():
    training = AreaFactory(slug="training")
    form = Client().get(f"{URL}?area=training").context["form"]
    assert form["areas"].value() == [training.pk]
