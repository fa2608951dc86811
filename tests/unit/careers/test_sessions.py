"""When sessions are: by the wall clock of the person, whatever clocks do."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.planning.sessions import Slot, moment_of, sessions_between

ZONES = ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Sao_Paulo", "UTC"]
moments = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
slots = st.lists(
    st.builds(
        Slot, st.integers(0, 6), st.times().map(lambda at: at.replace(second=0, microsecond=0)), st.integers(10, 480)
    ),
    max_size=7,
    unique_by=lambda slot: slot.weekday,
)


@given(slots, st.sampled_from(ZONES), moments, st.integers(0, 40))
def test_each_slot_comes_once_a_week_on_its_weekday_and_lasts_its_minutes(slots, name, since, days):
    zone = ZoneInfo(name)
    found = sessions_between(slots, zone, since, since + timedelta(days=days))

    assert [row.starts_at for row in found] == sorted(row.starts_at for row in found)
    assert len({row.day for row in found}) == len(found)
    minutes = {slot.weekday: slot.minutes for slot in slots}
    for row in found:
        assert row.ends_at > since
        assert row.starts_at < since + timedelta(days=days)
        assert row.minutes == minutes[row.day.weekday()]
        assert row.ends_at - row.starts_at == timedelta(minutes=row.minutes)


@given(slots, st.sampled_from(ZONES), moments)
def test_the_wall_clock_shows_the_time_that_was_asked_for_unless_it_leaves_it_out(slots, name, since):
    zone = ZoneInfo(name)
    starts = {slot.weekday: slot.starts_at for slot in slots}

    for row in sessions_between(slots, zone, since, since + timedelta(days=14)):
        local = row.starts_at.astimezone(zone)
        asked = datetime.combine(row.day, starts[row.day.weekday()], tzinfo=zone)
        left_out = asked.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != asked.replace(tzinfo=None)
        assert left_out or (local.date(), local.time()) == (row.day, starts[row.day.weekday()])


@pytest.mark.parametrize(
    ("day", "hour", "minute", "moment"),
    [
        (date(2026, 3, 28), 18, 0, "2026-03-28T18:00+00:00"),
        (date(2026, 3, 30), 18, 0, "2026-03-30T17:00+00:00"),  # summer time: an hour earlier for the world
        (date(2026, 3, 29), 1, 30, "2026-03-29T01:30+00:00"),  # clocks go from 1:00 to 2:00; they show 2:30
        (date(2026, 10, 25), 1, 30, "2026-10-25T00:30+00:00"),  # 1:30 comes twice; the first
    ],
)
def test_a_time_of_london_is_this_moment(day, hour, minute, moment):
    assert moment_of(day, time(hour, minute), ZoneInfo("Europe/London")).isoformat(timespec="minutes") == moment
