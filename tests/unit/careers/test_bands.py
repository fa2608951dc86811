"""Numbers of people from which nobody can be singled out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.reports.bands import Band, band
from careers.reports.charts import SLIVER, chart, steepest_fall

K = 5
people = st.integers(0, 500)


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "fewer than 5"), (4, "fewer than 5"), (5, "5–9"), (9, "5–9"), (10, "10–14"), (104, "100–104")],
)
def test_a_number_is_told_as_its_band(number, words):
    assert band(number).words == words


def test_the_smallest_group_is_a_setting(settings):
    settings.SMALLEST_REPORTED_GROUP = 20
    assert [str(band(number)) for number in (19, 20)] == ["fewer than 20", "20–39"]
    settings.SMALLEST_REPORTED_GROUP = 1
    assert [str(band(number)) for number in (0, 1, 7)] == ["fewer than 1", "1", "7"]


@given(people, people)
def test_subtracting_two_numbers_never_tells_a_group_that_is_too_small(whole, part):
    """Whoever sees both bands knows only that the difference is one of at least k numbers in a row."""
    large, small = band(max(whole, part)), band(min(whole, part))

    least, most = max(large.low - small.high, 0), large.high - small.low

    assert most - least >= K - 1
    assert least == 0 or most >= K


@given(people)
def test_all_numbers_that_are_too_small_look_the_same(number):
    told = chart("People", [("Some", band(number)), ("All", band(500))]).bars[0]
    if number < K:
        assert (str(told.band), told.length) == ("fewer than 5", SLIVER)
    else:
        assert told.band.low <= number <= told.band.high


def test_the_longest_bar_is_the_largest_number_and_long_labels_are_cut():
    bars = chart("People", [("A step with a title that is far too long", band(100)), ("Short", band(50))]).bars
    assert bars[0].length == 2 * bars[1].length
    assert bars[0].short_label == "A step with a title that is far t…"
    assert bars[1].short_label == "Short"


def test_the_steepest_fall_is_seen_from_the_bands_alone():
    assert steepest_fall([(0, band(40)), (1, band(38)), (3, band(12)), (4, band(11))]) == 3


@pytest.mark.parametrize("bands", [[], [band(20)], [band(24), band(20)], [band(4), band(0)]])
def test_where_nothing_falls_by_k_there_is_no_steepest_fall(bands: list[Band]):
    assert steepest_fall(list(enumerate(bands))) is None
