"""Evenings: on pages, in calendars, for search engines, and at the desk."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, time, timedelta

import icalendar
import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client

from home import content_version
from home.desk.schedule import HAPPENS, entries_between
from masterclasses.evenings.boundaries import renew_pages
from masterclasses.evenings.listing import coming
from tests.factories.accounts import PersonFactory
from tests.factories.home import AreaFactory, HomePageFactory
from tests.factories.masterclasses import MasterclassPageFactory, PartPageFactory, VideoFactory, publish
from tests.factories.restricted import restrict
from tests.queries import assert_constant_queries, fetch

pytestmark = pytest.mark.django_db

DAY = date(2026, 12, 3)
BEGINS = datetime(2026, 12, 3, 18, 30, tzinfo=UTC)
FEED = "/watch/evenings.ics"


def evening(**fields):
    usual = {"title": "Learning on a small budget", "event_date": DAY, "event_begins": time(18, 30)}
    return MasterclassPageFactory(**{"event_ends": time(20, 30), "event_place": "Ropewalk Library", **usual, **fields})


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel(datetime(2026, 11, 24, 12, tzinfo=UTC), tick=False):
        yield


def text_of(address, client=None):
    response = (client or Client()).get(address)
    assert response.status_code == 200, address
    return " ".join(response.content.decode().split())


def event_in(address):
    calendar = icalendar.Calendar.from_ical(Client().get(address).content)
    (event,) = calendar.walk("VEVENT")
    return event


def test_a_page_tells_when_and_where_and_how_to_come():
    page = evening(event_registration="https://example.org/come", event_capacity="48 seats, soup included")

    text = text_of(page.url)

    for said in ("Announced", "Thursday, 3 December 2026, 18:30 to 20:30", "GMT", "Ropewalk Library", "48 seats"):
        assert said in text
    assert 'href="https://example.org/come"' in text
    assert f'href="/watch/evenings/{page.pk}.ics"' in text


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (BEGINS - timedelta(hours=5), "Tonight"),
        (BEGINS + timedelta(minutes=5), "On now"),
        (BEGINS + timedelta(hours=3), "The recording is being prepared"),
    ],
)
def test_the_page_says_what_is_true_at_that_moment(when, said):
    page = evening(event_registration="https://example.org/come")

    with time_machine.travel(when, tick=False):
        text = text_of(page.url)

    assert said in text
    assert ("https://example.org/come" in text) == (when < BEGINS + timedelta(hours=2))


def test_an_evening_becomes_its_recording_when_a_part_can_be_watched():
    page = evening(event_date=date(2026, 10, 15))
    assert "The recording is being prepared" in text_of(page.url)

    publish(video := VideoFactory())
    PartPageFactory(parent=page, video=video)

    assert "The recording is here" in text_of(page.url)


def test_the_zone_is_that_of_the_place():
    page = evening(event_zone="America/New_York")

    assert page.event_from == datetime(2026, 12, 3, 23, 30, tzinfo=UTC)
    assert "18:30 to 20:30" in text_of(page.url)
    assert "(EST)" in text_of(page.url)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"event_zone": "Mars/Olympus"}, "event_zone"),
        ({"event_zone": "../etc/passwd"}, "event_zone"),
        ({"event_date": None}, "event_date"),
        ({"event_begins": None}, "event_begins"),
        ({"event_date": date(2026, 3, 29), "event_begins": time(1, 30)}, "event_begins"),
        ({"event_link": "javascript:alert(1)"}, "event_link"),
        ({"event_registration": "ftp://example.org/"}, "event_registration"),
    ],
)
def test_what_cannot_be_is_refused_beside_the_field(fields, wrong):
    page = evening()
    for name, value in fields.items():
        setattr(page, name, value)

    with pytest.raises(ValidationError) as refused:
        page.full_clean()

    assert wrong in refused.value.message_dict


def test_the_next_evening_is_on_the_home_page_its_area_and_the_list():
    area, other = AreaFactory(slug="training"), AreaFactory(slug="networking")
    page = evening(areas=[area])
    evening(title="A later one", event_date=DAY + timedelta(days=9), areas=[area])

    for address in (HomePageFactory().url, page.get_parent().url, area.get_absolute_url()):
        text = text_of(address)
        assert "Next evening" in text, address
        assert text.index(page.title) >= 0
    assert "Next evening" not in text_of(other.get_absolute_url())


def test_what_is_over_cancelled_a_draft_or_for_members_is_not_the_next():
    evening(event_date=date(2026, 10, 15))
    evening(event_cancelled=True)
    evening(live=False)
    restrict(evening())
    assert list(coming()) == []

    assert [evening()] == list(coming())


def test_a_calendar_has_the_evening_with_all_that_one_needs():
    page = evening(event_link="https://meet.example.org/x", event_capacity="48 seats")

    event = event_in(f"/watch/evenings/{page.pk}.ics")

    assert event["SUMMARY"] == page.title
    assert event["STATUS"] == "CONFIRMED"
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (BEGINS, BEGINS + timedelta(hours=2))
    assert event["LOCATION"] == "Ropewalk Library"
    assert "48 seats" in event["DESCRIPTION"]
    assert event["URL"].endswith(page.url)


def test_an_evening_that_moves_or_is_cancelled_is_the_same_one_in_a_calendar():
    page = evening()
    page.save_revision().publish()
    address = f"/watch/evenings/{page.pk}.ics"
    before = event_in(address)

    with time_machine.travel(datetime(2026, 11, 25, 12, tzinfo=UTC), tick=False):
        page.event_date = DAY + timedelta(days=7)
        page.save_revision().publish()
    moved = event_in(address)
    with time_machine.travel(datetime(2026, 11, 26, 12, tzinfo=UTC), tick=False):
        page.event_cancelled = True
        page.save_revision().publish()
    cancelled = event_in(address)

    assert before["UID"] == moved["UID"] == cancelled["UID"]
    assert before["SEQUENCE"] < moved["SEQUENCE"] < cancelled["SEQUENCE"]
    assert moved["DTSTART"].dt == BEGINS + timedelta(days=7)
    assert cancelled["STATUS"] == "CANCELLED"
    assert "Cancelled" in text_of(page.url)


def test_an_evening_without_hours_is_that_day_wherever_the_calendar_is():
    event = event_in(f"/watch/evenings/{evening(event_begins=None, event_ends=None).pk}.ics")

    assert (event["DTSTART"].dt, event["DTEND"].dt) == (DAY, DAY + timedelta(days=1))


def test_the_feed_has_all_evenings_of_an_area_that_anybody_may_see():
    area = AreaFactory(slug="training")
    wanted = {evening(title="One", areas=[area]).title, evening(title="Off", areas=[area], event_cancelled=True).title}
    evening(title="Elsewhere", areas=[AreaFactory(slug="networking")])
    restrict(evening(title="For members", areas=[area]))
    evening(title="Draft", areas=[area], live=False)

    calendar = icalendar.Calendar.from_ical(Client().get(f"{FEED}?area=training").content)

    assert {str(event["SUMMARY"]) for event in calendar.walk("VEVENT")} == wanted
    assert len(icalendar.Calendar.from_ical(Client().get(FEED).content).walk("VEVENT")) == 3
    assert Client().get(f"{FEED}?area=no-such").status_code == 404


def test_words_cannot_break_out_of_a_calendar_line():
    page = evening(title="Soup; bread, \\n\r\nATTACH:http://evil.test/", event_place="Room 1\r\nX-EVIL:1")

    event = event_in(f"/watch/evenings/{page.pk}.ics")

    assert "ATTACH" not in event
    assert "X-EVIL" not in event


def test_a_calendar_of_what_nobody_may_see_is_not_found():
    without = {"event_date": None, "event_begins": None, "event_ends": None}
    closed = [evening(live=False), evening(), evening(**without)]
    restrict(closed[1])

    assert {Client().get(f"/watch/evenings/{page.pk}.ics").status_code for page in closed} == {404}


def test_search_engines_read_the_event():
    page = evening(event_link="https://meet.example.org/x")

    text = text_of(page.url)
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])["subjectOf"]

    assert (data["@type"], data["startDate"]) == ("Event", "2026-12-03T18:30:00+00:00")
    assert data["eventAttendanceMode"].endswith("MixedEventAttendanceMode")
    assert data["eventStatus"].endswith("EventScheduled")
    assert [place["@type"] for place in data["location"]] == ["Place", "VirtualLocation"]


def test_the_feed_costs_the_same_however_many_evenings_there_are():
    parent = evening().get_parent().specific
    HomePageFactory()

    assert_constant_queries(
        fetch(FEED),
        lambda count: [evening(parent=parent, title=f"Evening {count}, {n}") for n in range(count)],
        rows=2,
        at_most=6,
    )


@pytest.mark.parametrize("moment", [BEGINS.replace(hour=0, minute=0), BEGINS, BEGINS + timedelta(hours=2)])
def test_kept_pages_are_made_anew_when_the_day_the_evening_or_its_end_begins(moment):
    evening()
    before = content_version.current()
    assert not renew_pages(now=moment - timedelta(minutes=1))
    assert content_version.current() == before

    assert renew_pages(now=moment + timedelta(seconds=30))
    assert content_version.current() != before
    assert not renew_pages(now=moment + timedelta(minutes=5))


def test_the_desk_calendar_has_evenings_of_pages_that_one_may_edit():
    page = evening(live=False)
    first, last = BEGINS - timedelta(days=1), BEGINS + timedelta(days=1)

    def seen_by(*groups):
        entries = entries_between(PersonFactory(groups=list(groups)), first, last)
        return [(entry.page, entry.at) for entry in entries if entry.what == HAPPENS]

    assert seen_by("Editors") == [(page.pk, BEGINS)]
    assert seen_by("Video producers") == []
