"""The weekly plan: what is fitted into a week, what becomes of what was missed, and the calendars that it is in."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
import vobject
from django.test import Client
from icalendar import Calendar

from careers.actions import enrol, mark_done
from careers.models import PlanSlot, WeeklyPlan
from careers.planning.gathering import week_for
from careers.planning.keeping import open_feed, save_plan
from careers.planning.sessions import Slot
from tests.factories.accounts import PersonFactory, browser_of
from tests.factories.careers import ArticlePageFactory, LearningPathPageFactory, ResourcePageFactory
from tests.factories.masterclasses import MasterclassPageFactory, PartPageFactory, VideoFactory, WatchPositionFactory
from tests.queries import assert_constant_queries, fetch

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 3, 23, 8, tzinfo=UTC)  # the Sunday after, clocks go forward in London
TUESDAYS, THURSDAYS = Slot(1, time(18), 40), Slot(3, time(18), 40)


@pytest.fixture
def person():
    return PersonFactory()


def resource(minutes: int, **fields):
    return ResourcePageFactory(effort=minutes, **fields)


def follow(person, *stages):
    with time_machine.travel(MONDAY - timedelta(days=1)):
        enrol(person=person, path=LearningPathPageFactory(stages=list(stages)))


def plan(person, *slots, speed=100):
    with time_machine.travel(MONDAY - timedelta(hours=1)):
        return save_plan(person=person, slots=slots or (TUESDAYS, THURSDAYS), speed=speed)


def shown(week, *, past=False):
    return [
        (f"{row.session.day:%a}", [(piece.page.title, piece.minutes) for piece in row.pieces])
        for row in (week.were if past else week.coming)
    ]


def test_the_steps_that_are_left_are_fitted_into_the_days_in_their_order(person):
    done = resource(5, title="Done")
    follow(
        person,
        [done, resource(30, title="A"), resource(30, title="B")],
        [(resource(10, title="C"), {"required": False})],
    )
    mark_done(person=person, page=done)
    plan(person)

    week = week_for(person, now=MONDAY)

    assert shown(week) == [("Tue", [("A", 30)]), ("Thu", [("B", 30), ("C", 10)])]
    assert week.left_over == []


def test_a_recording_takes_its_real_length_at_ones_own_speed_from_where_one_stopped(person):
    part = PartPageFactory(title="Talk", video=VideoFactory(duration=60 * 80))
    follow(person, [part])
    WatchPositionFactory(person=person, part=part, seconds=60 * 20)
    plan(person, speed=150)

    week = week_for(person, now=MONDAY)

    assert shown(week) == [("Tue", [("Talk", 40)])]
    assert week.coming[0].pieces[0].address == f"{part.url}?t=1200"


def test_a_long_recording_goes_on_where_the_session_before_ends(person):
    part = PartPageFactory(title="Talk", video=VideoFactory(duration=60 * 70))
    follow(person, [part])
    plan(person)

    week = week_for(person, now=MONDAY)

    assert shown(week) == [("Tue", [("Talk", 40)]), ("Thu", [("Talk", 30)])]
    assert week.coming[1].pieces[0].address == f"{part.url}?t=2400"


def test_a_series_is_planned_part_by_part(person):
    series = MasterclassPageFactory()
    for title in ("One", "Two"):
        PartPageFactory(title=title, parent=series, video=VideoFactory(duration=60 * 20))
    follow(person, [series])
    plan(person)

    assert shown(week_for(person, now=MONDAY)) == [("Tue", [("One", 20), ("Two", 20)])]


def test_what_was_missed_moves_on_and_the_page_says_where_to(person):
    first = resource(30, title="A")
    follow(person, [first, resource(30, title="B")])
    plan(person)
    wednesday = MONDAY + timedelta(days=2)

    week = week_for(person, now=wednesday)
    assert shown(week, past=True) == [("Tue", [("A", 30)])]
    assert f"{week.were[0].pieces[0].moved_to:%a}" == "Thu"
    with time_machine.travel(wednesday):
        page = browser_of(person).get("/learning/").content.decode()
    assert "Moved to Thursday" in page
    assert "missed" not in page.lower()

    with time_machine.travel(MONDAY + timedelta(days=1, hours=10, minutes=20)):
        mark_done(person=person, page=first)
    assert week_for(person, now=wednesday).were[0].pieces[0].done


def test_what_has_no_place_says_why(person):
    follow(person, [resource(90, title="A course"), resource(10, title="A sheet")])
    plan(person)

    with time_machine.travel(MONDAY):
        page = browser_of(person).get("/learning/plan/").content.decode()

    assert "longer than any of your sessions" in page


def test_the_form_keeps_what_was_said_and_an_unchanged_plan_stays_as_old_as_it_is(person):
    browser = browser_of(person)
    wish = {"speed": 125, "minutes_1": 40, "starts_1": "18:30"}
    browser.post("/learning/plan/", wish)
    plan = WeeklyPlan.objects.get(person=person)

    browser.post("/learning/plan/", wish)

    slot = PlanSlot.objects.get(plan=plan)
    assert (slot.weekday, slot.starts_at, slot.minutes, plan.speed) == (1, time(18, 30), 40, 125)
    assert WeeklyPlan.objects.get(person=person).changed_at == plan.changed_at
    assert 'value="40"' in browser.get("/learning/plan/").content.decode()


@pytest.mark.parametrize(
    "wish", [{}, {"minutes_1": 5}, {"minutes_1": 900}, {"minutes_1": 40, "speed": 9}, {"minutes_8": 40}]
)
def test_a_plan_that_makes_no_sense_is_refused(wish, person):
    assert browser_of(person).post("/learning/plan/", {"speed": 100} | wish).status_code == 422
    assert not WeeklyPlan.objects.exists()


# Calendars -----------------------------------------------------------------------------------------------------


@pytest.fixture
def feed(person):
    follow(person, [resource(30, title="Offers; and, \\ more"), resource(30)])
    return f"/learning/calendar/{open_feed(plan=plan(person))}.ics"


def read(address, *, at=MONDAY) -> bytes:
    with time_machine.travel(at):
        response = Client().get(address)
    assert response.status_code == 200
    return response.content


def test_a_second_reader_finds_the_same_sessions(feed):
    raw = read(feed)

    ours = Calendar.from_ical(raw)
    theirs = vobject.readOne(raw.decode())
    assert theirs.method.value == "PUBLISH"
    events = theirs.vevent_list
    assert [event.dtstart.value for event in events] == [event.decoded("dtstart") for event in ours.walk("VEVENT")]
    assert events[0].summary.value == "Learning: Offers; and, \\ more"
    assert events[0].dtend.value - events[0].dtstart.value == timedelta(minutes=40)
    assert "http" in events[0].description.value
    theirs.validate()


def test_lines_end_as_rfc_5545_wants_and_none_is_longer_than_75_octets(feed):
    lines = read(feed).split(b"\r\n")

    assert lines[0] == b"BEGIN:VCALENDAR"
    assert not any(b"\n" in line for line in lines)
    assert max(len(line) for line in lines) <= 75


def test_a_session_stays_the_same_event_whatever_it_holds(feed, person):
    before = vobject.readOne(read(feed).decode()).vevent_list
    follow(person, [resource(10)])
    save_plan(person=person, slots=[Slot(1, time(20), 60), THURSDAYS], speed=100)

    after = vobject.readOne(read(feed, at=MONDAY + timedelta(hours=1)).decode()).vevent_list

    assert [event.uid.value for event in after] == [event.uid.value for event in before]
    assert after[0].dtstart.value != before[0].dtstart.value
    assert int(after[0].sequence.value) > int(before[0].sequence.value)
    assert len({event.uid.value for event in after}) == len(after)


def test_sessions_keep_their_hour_when_clocks_change(person):
    follow(person, *[[resource(40)] for _number in range(3)])
    plan(person, TUESDAYS)

    hours = [row.session.starts_at.hour for row in week_for(person, now=MONDAY).coming]

    assert hours == [18, 17, 17]


def test_the_feed_is_private_and_tells_no_other_site(feed):
    response = Client().get(feed)

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert {"private", "no-store"} <= set(response["Cache-Control"].replace(" ", "").split(","))
    assert response["Referrer-Policy"] == "no-referrer"


def test_a_new_address_ends_the_old_one_and_it_can_be_ended(feed, person):
    browser = browser_of(person)
    browser.post("/learning/plan/feed/renew/")
    assert Client().get(feed).status_code == 404
    renewed = f"/learning/calendar/{WeeklyPlan.objects.get(person=person).feed_key}.ics"
    assert renewed in browser.get("/learning/plan/").content.decode()

    browser.post("/learning/plan/feed/end/")

    assert Client().get(renewed).status_code == 404


def test_the_key_of_somebody_who_was_shut_out_opens_nothing(feed, person):
    person.is_active = False
    person.save()

    assert Client().get(feed).status_code == 404


def test_the_key_stays_out_of_logs(feed, caplog):
    key = feed.split("/")[-1].removesuffix(".ics")
    WeeklyPlan.objects.update(feed_key=None)

    with caplog.at_level(logging.DEBUG, logger="django.request"):
        Client().get(feed)

    assert key not in caplog.text


def test_a_plan_and_its_calendar_cost_the_same_however_much_there_is_to_do(person):
    plan(person)
    browser = browser_of(person)

    def grow(n: int) -> None:
        for _number in range(n):
            follow(person, [resource(15), ArticlePageFactory(), MasterclassPageFactory()])

    with time_machine.travel(MONDAY):
        assert_constant_queries(fetch("/learning/plan/", browser), grow, rows=1, at_most=12)
