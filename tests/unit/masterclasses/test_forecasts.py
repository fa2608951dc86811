"""Forecasts: from what pieces have taken to when a video can be watched."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masterclasses.status.forecasts import Accuracy, Ahead, Forecast, History, Past, at_once, foretell

NOW = datetime(2026, 5, 4, 14, 0, tzinfo=UTC)
SPEED = History(speed={"video": 2.0, "sound": 10.0, "stills": 5.0})


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def past(role: str, cost: float, began: float, ended: float) -> Past:
    return Past(role, cost, after(began), after(ended))


def video(transcode: int, cost: float, wave: int = 1, **more) -> Ahead:
    return Ahead(transcode, "video", wave, cost, **more)


def test_speed_is_what_all_pieces_of_a_role_cost_over_what_they_took():
    history = History.of([past("video", 100, 0, 40), past("video", 20, 40, 60), past("sound", 30, 0, 3)], [2, 4, 9])

    assert history == History(speed={"video": 2.0, "sound": 10.0}, workers=2, publishing=4)


def test_the_first_wave_makes_it_watchable_and_the_last_piece_done():
    assert foretell([video(1, 20), video(1, 60, wave=2)], SPEED, NOW) == {1: Forecast(after(10), after(40))}


def test_what_is_ahead_in_the_queue_comes_first():
    assert foretell([video(1, 100), video(2, 20)], SPEED, NOW)[2] == Forecast(after(60), after(60))


def test_two_workers_share_the_queue():
    two = replace(SPEED, workers=2)

    assert foretell([video(1, 100), video(2, 20), video(2, 20, wave=2)], two, NOW)[2] == Forecast(after(10), after(20))


def test_what_is_under_way_holds_a_worker_wherever_it_stands_in_the_queue():
    queue = [video(1, 20), video(2, 60, running=True)]

    assert foretell(queue, SPEED, NOW)[1].done_at == after(40)


def test_what_failed_is_not_tried_before_its_time():
    assert foretell([video(1, 20, not_before=after(300))], SPEED, NOW)[1].done_at == after(310)


def test_publishing_takes_its_time():
    assert foretell([video(1, 20)], replace(SPEED, publishing=7), NOW)[1].watchable_at == after(17)


def test_without_history_there_is_no_forecast():
    assert foretell([video(1, 20)], History.of([]), NOW) == {}


def test_an_encode_with_a_kind_of_piece_that_was_never_done_has_none_and_the_others_do():
    only_video = History(speed={"video": 2.0})

    forecasts = foretell([video(1, 20), Ahead(1, "sound", 1, 5), video(2, 20)], only_video, NOW)

    assert set(forecasts) == {2}


def test_what_is_further_ahead_than_a_month_is_not_foretold():
    assert foretell([video(1, 2.0 * 31 * 24 * 3600)], SPEED, NOW) == {}


def test_workers_are_counted_by_what_was_under_way_at_the_same_time():
    assert at_once([past("video", 1, 0, 10), past("video", 1, 5, 15), past("video", 1, 15, 20)]) == 2
    assert at_once([]) == 1


def test_a_clock_that_went_backwards_breaks_nothing():
    assert History.of([past("video", 5, 10, 0), past("video", 5, 3, 3)]).speed == {}


def test_accuracy_is_the_error_as_a_share_of_the_time_foretold():
    told = [(NOW, after(100), after(100 + off)) for off in (0, 5, -10, 25, 50)]

    accuracy = Accuracy.of(told)

    assert accuracy is not None
    assert accuracy.count == 5
    assert accuracy.median_percent == 11
    assert accuracy.p90_percent == 33


def test_two_comparisons_say_nothing():
    assert Accuracy.of([(NOW, after(1), after(2))] * 2) is None


costs = st.floats(min_value=0, max_value=1e5)
pieces = st.builds(
    Ahead,
    transcode=st.integers(1, 6),
    role=st.sampled_from(["video", "sound", "stills"]),
    wave=st.sampled_from([1, 2]),
    cost=costs,
    running=st.booleans(),
    not_before=st.none() | st.integers(-3600, 3600).map(after),
)
pasts = st.builds(
    past, st.sampled_from(["video", "sound", "stills"]), costs, st.floats(-1e5, 1e5), st.floats(-1e5, 1e5)
)
histories = st.builds(History.of, st.lists(pasts, max_size=30), st.lists(st.floats(-100, 1000), max_size=5))


@given(st.lists(pieces, max_size=30), histories)
def test_a_forecast_is_never_in_the_past_and_the_first_size_never_after_the_last(queue, history):
    for forecast in foretell(queue, history, NOW).values():
        assert NOW <= forecast.watchable_at <= forecast.done_at


@given(st.lists(pasts, max_size=40), st.lists(st.floats(-100, 1000), max_size=5))
def test_history_is_made_of_finite_positive_numbers(rows, publishing):
    history = History.of(rows, publishing)

    assert all(isfinite(speed) and speed > 0 for speed in history.speed.values())
    assert history.workers >= 1
    assert isfinite(history.publishing)
    assert history.publishing >= 0


@given(st.lists(pieces, min_size=1, max_size=20), pieces, st.integers(0, 20), st.integers(1, 4))
def test_a_longer_queue_makes_nobody_earlier(queue, extra, at, workers):
    """Another waiting encode, wherever it comes in."""
    history = replace(SPEED, workers=max(workers, sum(piece.running for piece in queue)))
    newcomer = replace(extra, transcode=99, running=False)

    before = foretell(queue, history, NOW)
    later = foretell([*queue[:at], newcomer, *queue[at:]], history, NOW)

    for pk, forecast in before.items():
        assert pk not in later or later[pk].watchable_at >= forecast.watchable_at
        assert pk not in later or later[pk].done_at >= forecast.done_at


@given(st.lists(st.floats(1, 1000), min_size=1, max_size=12))
def test_the_later_in_the_queue_the_later_it_is_done_with_one_worker(sizes):
    forecasts = foretell([video(number, cost) for number, cost in enumerate(sizes)], SPEED, NOW)

    ends = [forecasts[number].done_at for number in range(len(sizes))]
    assert all(first < second for first, second in pairwise(ends))


@pytest.mark.parametrize("workers", [1, 2, 5])
@given(queue=st.lists(pieces.map(lambda piece: replace(piece, running=False, not_before=None)), max_size=20))
def test_more_workers_make_the_whole_no_later(queue, workers):
    fewer, more = replace(SPEED, workers=workers), replace(SPEED, workers=workers + 1)

    last = max((f.done_at for f in foretell(queue, fewer, NOW).values()), default=NOW)
    sooner = max((f.done_at for f in foretell(queue, more, NOW).values()), default=NOW)

    assert sooner <= last
