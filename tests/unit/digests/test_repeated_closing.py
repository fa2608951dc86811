"""When digests to come would close: the same hour of the reader's day, whatever the clocks do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from digests.desk.schedule import repeated

LONDON = ZoneInfo("Europe/London")


def times(rhythm, first, days):
    return list(repeated(rhythm, first, until=first + timedelta(days=days)))


def test_a_weekly_digest_keeps_its_hour_when_the_clocks_change():
    monday = datetime(2026, 10, 19, 8, 0, tzinfo=LONDON)

    before, after = times("weekly", monday, 8)

    assert after.astimezone(UTC) - before.astimezone(UTC) == timedelta(days=7, hours=1)
    assert after.hour == 8


def test_a_monthly_digest_of_the_31st_goes_on_the_last_day_of_shorter_months_and_comes_back():
    found = times("monthly", datetime(2026, 1, 31, 8, 0, tzinfo=LONDON), 100)

    assert [(day.month, day.day) for day in found] == [(1, 31), (2, 28), (3, 31), (4, 30)]


@given(
    st.sampled_from(["weekly", "monthly"]),
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)),  # noqa: DTZ001
    st.integers(1, 400),
)
def test_times_go_forward_keep_the_hour_and_end_in_time(rhythm, naive, days):
    first = naive.replace(tzinfo=LONDON)
    found = times(rhythm, first, days)

    assert found[0] == first
    assert found == sorted(set(found))
    assert {moment.time() for moment in found} == {first.time()}
    assert all(moment < first + timedelta(days=days) for moment in found)
