"""Months of the calendar, where the reader is."""

from __future__ import annotations

from datetime import UTC, date, timedelta

import pytest
import time_machine
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from home.desk.months import Month

ZONES = ("Europe/London", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca")


@time_machine.travel("2026-11-30T23:30:00Z")
@pytest.mark.parametrize(("zone", "key"), [("Europe/London", "2026-11"), ("Europe/Berlin", "2026-12")])
def test_this_month_is_that_of_the_reader(zone, key):
    with timezone.override(zone):
        assert Month.asked("").key == key


@time_machine.travel("2026-11-24T12:00:00Z")
@pytest.mark.parametrize("nonsense", ["2026-13", "0000-01", "9999-12", "next", "2026-1", "２０２６-01"])
def test_nonsense_is_this_month(nonsense):
    assert Month.asked(nonsense).key == "2026-11"


def test_a_month_with_a_change_of_clocks_is_an_hour_longer():
    with timezone.override("Europe/London"):
        october = Month(date(2026, 10, 1))

        assert october.ends.astimezone(UTC) - october.begins.astimezone(UTC) == timedelta(days=31, hours=1)


def test_weeks_begin_as_the_language_has_it():
    november = Month(date(2026, 11, 1))
    with translation.override("en-gb"):
        assert november.weeks[0][0].strftime("%A") == "Monday"
    with translation.override("en-us"):
        assert november.weeks[0][0].strftime("%A") == "Sunday"


@given(st.dates(date(2001, 1, 1), date(2199, 12, 31)), st.sampled_from(ZONES))
def test_months_follow_one_another_without_a_gap(day, zone):
    with timezone.override(zone):
        month = Month(day.replace(day=1))

        assert month.after.before == month
        assert month.ends == month.after.begins
        assert Month.asked(month.key) == month
        assert month.shown[0] <= month.begins < month.ends <= month.shown[1]
