"""When a digest is due: a table of the awkward dates, and properties over every time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise, product
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digests.periods import (
    LEAST_GAP,
    Before,
    Rhythm,
    Schedule,
    due_periods,
    key_of,
    next_period,
    next_period_after_change,
    periods,
    rhythm_of,
)

A_MOMENT = timedelta(microseconds=1)
ALL_ZONES = sorted(available_timezones())
ZONES = st.sampled_from(ALL_ZONES)
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
SCHEDULES = st.builds(
    Schedule,
    rhythm=st.sampled_from(Rhythm),
    hour=st.integers(0, 23),
    time_zone=ZONES,
    weekday=st.integers(0, 6),
    month_day=st.integers(1, 31),
)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "hour", "after", "due", "why"),
    [
        ("Europe/London", 1, "2026-03-28T12:00", "2026-03-29T01:00", "1 o'clock is skipped: 2 o'clock begins then"),
        ("Europe/London", 1, "2026-10-24T12:00", "2026-10-25T00:00", "1 o'clock comes twice: the first counts"),
        ("America/New_York", 2, "2026-03-07T12:00", "2026-03-08T07:00", "2 o'clock is skipped"),
        ("America/New_York", 1, "2026-10-31T12:00", "2026-11-01T05:00", "1 o'clock comes twice"),
        ("Australia/Lord_Howe", 2, "2026-10-03T00:00", "2026-10-03T15:30", "half an hour is skipped"),
        ("Asia/Kathmandu", 8, "2026-06-01T12:00", "2026-06-02T02:15", "quarters of an hour"),
        ("Africa/Casablanca", 8, "2026-06-01T12:00", "2026-06-02T07:00", "one hour ahead"),
        ("Pacific/Apia", 8, "2011-12-29T20:00", "2011-12-30T18:00", "30 December 2011 never was"),
    ],
)
def test_a_daily_digest_is_due(zone, hour, after, due, why):
    assert next_period(Schedule(Rhythm.DAILY, hour, zone), after=utc(after)).due_at == utc(due), why


@pytest.mark.parametrize(
    ("year", "days"),
    [(2026, [31, 28, 31, 30, 31, 30]), (2028, [31, 29, 31, 30, 31, 30])],
)
def test_the_31st_is_the_last_day_of_a_shorter_month(year, days):
    schedule = Schedule(Rhythm.MONTHLY, 8, "UTC", month_day=31)
    found = islice(periods(schedule, after=datetime(year, 1, 1, tzinfo=UTC)), 6)
    assert [(p.due_at.month, p.due_at.day) for p in found] == list(enumerate(days, start=1))


def test_a_period_is_named_after_the_calendar():
    after = utc("2026-12-30T12:00")
    assert next_period(Schedule(Rhythm.DAILY, 8, "UTC"), after=after).key == "daily 2026-12-31"
    assert next_period(Schedule(Rhythm.WEEKLY, 8, "UTC", weekday=4), after=after).key == "weekly 2026-W53"
    assert next_period(Schedule(Rhythm.MONTHLY, 8, "UTC", month_day=31), after=after).key == "monthly 2026-12"


def test_a_zone_that_the_database_has_dropped_stands_for_utc():
    assert next_period(Schedule(Rhythm.DAILY, 8, "Mars/Olympus"), after=utc("2026-01-01T00:00")).due_at.hour == 8


@given(schedule=SCHEDULES, after=MOMENTS)
@settings(deadline=None)
def test_periods_come_in_order_and_none_is_named_twice(schedule, after):
    found = list(islice(periods(schedule, after=after), 8))
    assert found == sorted(found)
    assert len({period.key for period in found}) == len(found)
    assert found[0].due_at > after


@given(schedule=SCHEDULES, after=MOMENTS)
@settings(deadline=None)
def test_a_digest_is_due_at_the_local_hour_or_when_the_clocks_went_past_it(schedule, after):
    for period in islice(periods(schedule, after=after), 8):
        local = period.due_at.astimezone(ZoneInfo(schedule.time_zone))
        just_before = (period.due_at - timedelta(seconds=1)).astimezone(ZoneInfo(schedule.time_zone))
        on_time = (local.hour, local.minute, local.second) == (schedule.hour, 0, 0)
        assert on_time or just_before.utcoffset() != local.utcoffset()


@given(zone=ZONES, hour=st.integers(0, 23), after=MOMENTS)
@settings(deadline=None)
def test_every_local_day_that_was_has_one_daily_digest(zone, hour, after):
    found = list(islice(periods(Schedule(Rhythm.DAILY, hour, zone), after=after), 12))
    days = [period.due_at.astimezone(ZoneInfo(zone)).date() for period in found]
    assert days == [date.fromisoformat(period.key.removeprefix("daily ")) for period in found]
    for earlier, later in pairwise(days):
        between = {earlier + timedelta(days=n) for n in range(1, (later - earlier).days)}
        assert all(not _exists(day, zone) for day in between)


@given(schedule=SCHEDULES, start=MOMENTS, gaps=st.lists(st.integers(1, 60 * 24 * 40), min_size=1, max_size=30))
@settings(deadline=None)
def test_whenever_the_clock_ticks_each_period_is_found_once_and_never_too_soon(schedule, start, gaps):
    """Ticks come at random minutes; each digests the latest due period, as the ledger does."""
    now, next_due = start, next_period(schedule, after=start).due_at
    seen, sent = [], []
    for minutes in gaps:
        now += timedelta(minutes=minutes)
        if next_due > now:
            continue
        due = due_periods(schedule, first=next_due, now=now)
        seen += [period.key for period in due]
        sent.append(due[-1].due_at)
        next_due = next_period(schedule, after=now, last=due[-1].due_at).due_at
    assert len(seen) == len(set(seen))
    assert seen == [period.key for period in due_periods(schedule, first=start + A_MOMENT, now=now)]
    assert all(later - earlier >= LEAST_GAP[schedule.rhythm] for earlier, later in pairwise(sent))


def after_change(first: Schedule, second: Schedule, start: datetime, waited: timedelta = timedelta()):
    """The last digest by the first schedule, and the next by the second, chosen so long after it."""
    last = next_period(first, after=start)
    before = Before(last.due_at, first.rhythm, frozenset({last.key}))
    return last, next_period_after_change(second, after=last.due_at + waited, before=before)


@given(first=SCHEDULES, second=SCHEDULES, start=MOMENTS, minutes=st.integers(0, 60 * 24 * 40))
@settings(deadline=None)
def test_who_changes_the_rhythm_or_the_zone_gets_no_second_digest_soon(first, second, start, minutes):
    last, following = after_change(first, second, start, timedelta(minutes=minutes))
    assert following.due_at - last.due_at >= min(LEAST_GAP[first.rhythm], LEAST_GAP[second.rhythm])
    assert following.key != last.key


LONGEST = {Rhythm.DAILY: 2, Rhythm.WEEKLY: 7, Rhythm.MONTHLY: 31}


@given(first=SCHEDULES, second=SCHEDULES, start=MOMENTS)
@settings(deadline=None)
def test_who_changes_the_rhythm_waits_at_most_one_new_period_and_the_shorter_gap(first, second, start):
    last, following = after_change(first, second, start)
    if first.rhythm == second.rhythm:
        return
    gap = min(LEAST_GAP[first.rhythm], LEAST_GAP[second.rhythm])
    a_day_that_never_was = timedelta(days=2)
    assert following.due_at - last.due_at <= gap + timedelta(days=LONGEST[second.rhythm]) + a_day_that_never_was


@given(zone=ZONES, hour=st.integers(0, 23), weekday=st.integers(0, 6), day=st.integers(1, 31), start=MOMENTS)
@settings(deadline=None)
def test_no_month_is_left_out_after_a_weekly_rhythm_but_one_that_a_digest_came_just_before(
    zone, hour, weekday, day, start
):
    weekly = Schedule(Rhythm.WEEKLY, hour, zone, weekday=weekday)
    monthly = Schedule(Rhythm.MONTHLY, hour, zone, month_day=day)

    last, following = after_change(weekly, monthly, start)

    first = next_period(monthly, after=last.due_at)
    assert following == first or first.due_at - last.due_at < LEAST_GAP[Rhythm.WEEKLY]


@given(first=SCHEDULES, then=SCHEDULES, start=MOMENTS, weeks=st.integers(0, 8))
@settings(deadline=None)
def test_the_period_that_is_promised_after_changes_to_and_fro_has_had_no_digest(first, then, start, weeks):
    """Monthly on the 1st, weekly for a while, monthly on the 31st: July has had its own."""
    made = [next_period(first, after=start)]
    now = made[0].due_at + timedelta(weeks=weeks)
    between = Schedule(Rhythm.WEEKLY, 8, then.time_zone)
    made += [p for p in due_periods(between, first=made[0].due_at + timedelta(days=6), now=now) if p.due_at <= now]
    back = Schedule(first.rhythm, then.hour, then.time_zone, then.weekday, then.month_day)
    before = Before(made[-1].due_at, rhythm_of(made[-1].key), frozenset(p.key for p in made))

    promised = next_period_after_change(back, after=now, before=before)

    assert promised.key not in {period.key for period in made}
    skipped = [p for p in due_periods(back, first=now + A_MOMENT, now=promised.due_at) if p != promised]
    gap = min(LEAST_GAP[Rhythm.WEEKLY], LEAST_GAP[back.rhythm]) if len(made) > 1 else LEAST_GAP[back.rhythm]
    assert all(p.key in before.taken or p.due_at - before.last < gap for p in skipped)


@pytest.mark.parametrize("rhythm", Rhythm)
def test_a_key_tells_its_rhythm(rhythm):
    assert rhythm_of(key_of(rhythm, date(2026, 7, 1))) == rhythm
    assert rhythm_of("now 2026-07-01T08:00:00.0") == ""


def test_in_no_zone_does_a_change_of_the_clocks_double_or_lose_a_daily_digest():
    """Every zone there is, in 2026, at every hour of the days around each change of its clocks."""
    changes = {zone: _changes(zone, 2026) for zone in ALL_ZONES}
    assert sum(map(bool, changes.values())) > 100

    for zone, moments in changes.items():
        for moment, hour in product(moments, range(24)):
            first = moment - timedelta(days=2)
            found = due_periods(Schedule(Rhythm.DAILY, hour, zone), first=first, now=moment + timedelta(days=2))

            days = [date.fromisoformat(period.key.split()[-1]) for period in found]
            assert [(later - earlier).days for earlier, later in pairwise(days)] == [1] * (len(days) - 1), (zone, hour)
            assert len(days) in (3, 4, 5), (zone, hour)


def _changes(zone: str, year: int) -> list[datetime]:
    """The days of that year on which the zone's clocks change."""
    days = [datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=n) for n in range(366)]
    offsets = [day.astimezone(ZoneInfo(zone)).utcoffset() for day in days]
    return [day for day, (before, after) in zip(days, pairwise(offsets), strict=False) if before != after]


def _exists(day: date, zone: str) -> bool:
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(zone))
    return noon.astimezone(UTC).astimezone(ZoneInfo(zone)).date() == day
