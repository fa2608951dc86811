"""The preference page shows the future: the next times and the real next digest, before anything is saved."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from digests import links
from digests.links import Purpose
from digests.models import Subscriber
from digests.subscribers.coming import coming
from tests.factories.digests import SubscriberFactory, marketplace, new_article, wish
from tests.factories.home import AreaFactory

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)


def address(subscriber: Subscriber, purpose: Purpose = Purpose.PREFERENCES) -> str:
    return f"/digest/p/{links.token(subscriber, purpose)}"


def answers(**changed):
    given = {
        "areas": [marketplace().pk],
        "rhythm": "monthly",
        "weekday": 1,
        "month_day": 3,
        "hour": 7,
        "time_zone": "Europe/London",
    }
    return given | changed


@time_machine.travel(MONDAY, tick=False)
def test_times_and_digest_of_a_wish_are_shown_and_nothing_is_stored():
    subscriber = SubscriberFactory(rhythm="weekly")
    new_article(title="Reading an advert", areas=[marketplace()])

    page = Client().post(address(subscriber), answers(show="1"))

    assert page.status_code == 200
    body = page.content.decode()
    assert "Thursday 3 December 2026, 07:00" in body
    assert "Reading an advert" in body
    assert "This is not saved yet." in body
    subscriber.refresh_from_db()
    assert subscriber.rhythm == "weekly"
    assert not subscriber.receipts.exists()


def test_the_frame_holds_the_very_digest_by_the_answers_in_its_address():
    subscriber = SubscriberFactory(rhythm="weekly")
    new_article(title="Reading an advert", areas=[marketplace()])
    page = Client().post(address(subscriber), answers(show="1"))

    frame = Client().get(page.context["frame"])

    assert "Reading an advert" in frame.content.decode()
    assert frame["Cache-Control"] == "private, no-store"
    [frames] = [rule for rule in page["Content-Security-Policy"].split("; ") if rule.startswith("frame-src")]
    assert "'self'" in frames.split()


def test_when_nothing_is_new_it_says_so():
    assert coming(SubscriberFactory(), wish()).digest is None
    page = Client().post(address(SubscriberFactory()), answers(show="1"))
    assert "nothing would come" in page.content.decode()


def test_other_areas_bring_another_digest():
    tools = AreaFactory(slug="tools", title="Tools")
    new_article(title="A sharper tool", areas=[tools])
    subscriber = SubscriberFactory()

    assert coming(subscriber, wish(marketplace())).digest is None
    digest = coming(subscriber, wish(tools)).digest
    assert digest
    assert "A sharper tool" in digest.text


@time_machine.travel(MONDAY, tick=False)
def test_a_pause_moves_the_next_digest_to_the_first_period_after_it():
    subscriber = SubscriberFactory()

    Client().post(address(subscriber), answers(rhythm="daily", paused_until="2026-12-24"))

    subscriber.refresh_from_db()
    assert subscriber.paused_until == date(2026, 12, 24)
    assert subscriber.next_due_at == datetime(2026, 12, 24, 7, tzinfo=UTC)


@time_machine.travel(MONDAY, tick=False)
@pytest.mark.parametrize("day", ["2026-11-23", "2020-01-01"])
def test_a_day_that_has_come_is_no_pause(day):
    subscriber = SubscriberFactory()

    Client().post(address(subscriber), answers(paused_until=day))

    subscriber.refresh_from_db()
    assert subscriber.paused_until is None


@time_machine.travel(MONDAY, tick=False)
@pytest.mark.parametrize("day", ["2028-01-01", "tomorrow", "2026-13-40", "9999-12-31"])
def test_a_pause_that_cannot_be_is_explained_and_not_stored(day):
    subscriber = SubscriberFactory()

    page = Client().post(address(subscriber), answers(paused_until=day))

    assert page.context["form"].errors["paused_until"]
    subscriber.refresh_from_db()
    assert subscriber.paused_until is None


def test_a_link_in_the_mail_proposes_another_rhythm_and_saves_nothing():
    subscriber = SubscriberFactory(rhythm="daily")

    page = Client().get(f"{address(subscriber)}?rhythm=monthly")

    assert page.context["form"]["rhythm"].value() == "monthly"
    assert "This is not saved yet." in page.content.decode()
    subscriber.refresh_from_db()
    assert subscriber.rhythm == "daily"


def test_the_language_is_asked_for_only_where_there_are_several(settings):
    assert "language" not in Client().get(address(SubscriberFactory())).context["form"].fields

    settings.LANGUAGES = [("en-gb", "English"), ("de", "Deutsch")]
    subscriber = SubscriberFactory()
    Client().post(address(subscriber), answers(language="de"))
    # The form was made with one language: what is not offered is not taken.
    subscriber.refresh_from_db()
    assert subscriber.language == "en-gb"


def test_what_is_kept_can_be_taken_along():
    subscriber = SubscriberFactory()
    Client().post(address(subscriber), answers())

    answer = Client().get(f"{address(subscriber)}/data")

    assert answer["Content-Disposition"].startswith("attachment")
    kept = answer.json()
    assert kept["subscription"]["email"] == subscriber.email
    assert kept["areas"] == ["The marketplace"]
    assert [receipt["what"] for receipt in kept["consent"]] == ["Changed preferences"]


def test_erasing_takes_one_post_and_leaves_nothing():
    subscriber = SubscriberFactory()
    place = f"{address(subscriber)}/erase"

    assert Client().get(place).status_code == 200
    assert Subscriber.objects.count() == 1
    assert Client().post(place).status_code == 200

    assert not Subscriber.objects.exists()
    assert Client().get(place).status_code == 404


def test_an_erased_address_that_must_not_be_written_to_stays_so(mailoutbox):
    subscriber = SubscriberFactory(suppressed=True, email="complained@example.org")
    Client().post(f"{address(subscriber)}/erase")

    Client().post("/digest/subscribe/", answers(email="Complained@example.org"))

    assert not Subscriber.objects.exists()
    assert not mailoutbox


@pytest.mark.parametrize("place", ["/next", "/data", "/erase"])
def test_links_for_something_else_open_nothing_here(place):
    subscriber = SubscriberFactory()
    for purpose in (Purpose.UNSUBSCRIBE, Purpose.CONFIRM, Purpose.RETURN):
        assert Client().get(address(subscriber, purpose) + place).status_code == 404


def test_the_short_form_carries_the_address_to_the_whole_one_and_stores_nothing():
    fragment = Client().get("/digest/fragments/short-form/?area=marketplace")
    assert "csrfmiddlewaretoken" in fragment.content.decode()
    assert "no-store" in fragment["Cache-Control"]
    AreaFactory(slug="tools", title="Tools")

    page = Client().post("/digest/subscribe/", {"begin": "1", "email": "me@example.org", "area": "marketplace"})

    assert page.context["form"]["email"].value() == "me@example.org"
    assert page.context["form"]["areas"].value() == [marketplace().pk]
    assert not Subscriber.objects.exists()


def test_a_pause_ends_on_its_day_in_the_subscribers_own_zone():
    subscriber = SubscriberFactory(time_zone="Pacific/Auckland", paused_until=date(2027, 1, 10))

    begins = subscriber.begins_again_at

    assert begins == datetime(2027, 1, 9, 11, tzinfo=UTC)
    assert begins.utcoffset() == timedelta(hours=13)
