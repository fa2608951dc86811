"""Which days an edition is for, wherever they are lived."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from digests.editions.calendar import span_of, spans_at
from digests.periods import Rhythm, key_of

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 12, 31))
RHYTHMS = st.sampled_from(list(Rhythm))


@given(rhythm=RHYTHMS, day=DAYS)
def test_a_day_lies_in_the_span_that_is_named_for_it_and_in_no_other(rhythm, day):
    span = span_of(rhythm, day)

    assert span.first <= day <= span.last
    assert {key_of(rhythm, each) for each in (span.first, day, span.last)} == {span.key}
    assert key_of(rhythm, span.first - timedelta(days=1)) != span.key != key_of(rhythm, span.last + timedelta(days=1))


@given(rhythm=RHYTHMS, day=DAYS, zone=st.sampled_from(["Pacific/Kiritimati", "Etc/GMT+12", "Europe/London"]))
def test_no_place_on_earth_begins_the_span_earlier_or_ends_it_later(rhythm, day, zone):
    span = span_of(rhythm, day)
    begins = datetime.combine(span.first, datetime.min.time(), ZoneInfo(zone))
    ends = datetime.combine(span.last + timedelta(days=1), datetime.min.time(), ZoneInfo(zone))

    assert span.begins_at <= begins
    assert ends <= span.ends_at


@given(day=DAYS, minute=st.integers(0, 24 * 60 - 1))
def test_at_any_time_every_place_on_earth_has_its_edition_of_each_rhythm(day, minute):
    now = datetime.combine(day, time(), UTC) + timedelta(minutes=minute)
    keys = {span.key for span in spans_at(now)}

    for zone in ("Pacific/Kiritimati", "Etc/GMT+12", "Asia/Kathmandu"):
        assert {key_of(rhythm, now.astimezone(ZoneInfo(zone)).date()) for rhythm in Rhythm} <= keys
    assert len(keys) <= 9
