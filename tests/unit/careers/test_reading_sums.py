"""What several sittings add up to, and when that is a reading."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.progress.reading_rule import is_read
from careers.progress.recording import Report
from careers.progress.sums import Reading, needed_seconds, sum_up

NINE = datetime(2026, 3, 1, 9, tzinfo=UTC)


def sitting(begins: float, lasts: float, *, seconds: float | None = None, first: float = 0, share: float = 1) -> Report:
    began = NINE + timedelta(seconds=begins)
    return Report("key", began, began + timedelta(seconds=lasts), lasts if seconds is None else seconds, first, share)


sittings = st.lists(
    st.builds(
        sitting,
        st.floats(0, 5000),
        st.floats(0, 900),
        seconds=st.floats(0, 900),
        first=st.floats(0, 1),
        share=st.floats(0, 1),
    ),
    max_size=6,
)


def test_sittings_one_after_another_add_up():
    reading = sum_up([sitting(0, 30, share=0.4), sitting(600, 45, first=0.4, share=1)])

    assert reading == Reading(seconds=75, first=0, share=1)


def test_tabs_at_the_same_time_give_no_more_than_went_by():
    assert sum_up([sitting(0, 60), sitting(10, 60), sitting(20, 30)]).seconds == 70


def test_what_began_before_it_was_taken_back_counts_no_more():
    later = NINE + timedelta(seconds=100)

    assert sum_up([sitting(0, 500)], since=later) == Reading()
    assert sum_up([sitting(0, 500), sitting(200, 40)], since=later).seconds == 40


@given(sittings, st.randoms())
def test_the_sum_does_not_hang_on_the_order(found, random):
    shuffled = random.sample(found, len(found))

    assert sum_up(shuffled).share == sum_up(found).share
    assert sum_up(shuffled).seconds == pytest.approx(sum_up(found).seconds)


@given(sittings)
def test_more_sittings_never_make_it_less(found):
    for number in range(len(found)):
        fewer, more = sum_up(found[:number]), sum_up(found[: number + 1])
        assert more.seconds >= fewer.seconds - 1e-6
        assert more.share >= fewer.share
        assert more.first <= fewer.first


@pytest.mark.parametrize(
    ("reading", "again", "wanted"),
    [
        (Reading(needed_seconds(5), 0, 1), False, True),
        (Reading(needed_seconds(5) - 1, 0, 1), False, False),
        (Reading(needed_seconds(5), 0, 0.9), False, False),
        (Reading(needed_seconds(5), 0.5, 1), False, True),
        (Reading(needed_seconds(5), 0.5, 1), True, False),
        (Reading(needed_seconds(5), 0.05, 1), True, True),
    ],
)
def test_an_article_is_read_when_its_end_came_after_a_plausible_time(reading, again, wanted):
    assert is_read(reading, 5, again=again) is wanted
