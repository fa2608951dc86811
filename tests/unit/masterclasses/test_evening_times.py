"""When an evening is, in any zone, across the nights on which clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masterclasses.evenings.times import USUAL_LENGTH, exists, moment, span

ZONES = st.sampled_from(
    [
        "Europe/London",
        "Europe/Berlin",
        "America/New_York",
        "America/St_Johns",
        "America/Santiago",
        "Asia/Kathmandu",
        "Asia/Gaza",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "Pacific/Chatham",
        "Africa/Casablanca",
        "UTC",
    ]
)
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 12, 31))
CLOCKS = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))


@given(DAYS, CLOCKS, ZONES)
def test_a_clock_there_shows_what_the_editor_entered(day, clock, zone):
    shown = moment(day, clock, zone).astimezone(ZoneInfo(zone))

    if exists(day, clock, zone):
        assert (shown.date(), shown.time()) == (day, clock)
    else:
        assert (shown.date(), shown.time()) != (day, clock)


@given(DAYS, CLOCKS, ZONES)
def test_of_an_hour_that_comes_twice_the_first_is_meant(day, clock, zone):
    local = datetime.combine(day, clock, ZoneInfo(zone))

    if exists(day, clock, zone):
        assert moment(day, clock, zone) <= local.replace(fold=1).astimezone(UTC)


@given(DAYS, st.none() | CLOCKS, st.none() | CLOCKS, ZONES)
def test_an_evening_ends_after_it_begins_and_within_two_days(day, begins, ends, zone):
    first, last = span(day, begins, ends, zone)

    assert timedelta() < last - first <= timedelta(hours=26)


def test_an_end_before_the_beginning_is_on_the_next_day():
    first, last = span(date(2026, 12, 3), time(22, 30), time(0, 30), "Europe/London")

    assert last - first == timedelta(hours=2)


def test_an_evening_without_an_end_has_the_usual_length():
    first, last = span(date(2026, 12, 3), time(18, 30), None, "Europe/Berlin")

    assert (first, last - first) == (datetime(2026, 12, 3, 17, 30, tzinfo=UTC), USUAL_LENGTH)


@pytest.mark.parametrize(
    ("day", "zone", "hours"), [(date(2026, 3, 29), "Europe/London", 23), (date(2026, 10, 25), "Europe/London", 25)]
)
def test_a_day_without_hours_is_as_long_as_the_day_there(day, zone, hours):
    first, last = span(day, None, None, zone)

    assert last - first == timedelta(hours=hours)


def test_the_hour_that_clocks_leave_out_does_not_exist():
    assert not exists(date(2026, 3, 29), time(1, 30), "Europe/London")
    assert exists(date(2026, 3, 29), time(1, 30), "America/New_York")
