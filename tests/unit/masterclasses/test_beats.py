"""What a beat says, and whether it can be true."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masterclasses.watching import sessions
from masterclasses.watching.beats import Beat, Refusal, read_beat
from masterclasses.watching.plausibility import DRIFT, OLDEST, TOLERANCE, Used, judge

NOW = 1_764_000_000.0
GOOD = {"sequence": 1, "from": 10, "to": 20.5, "rate": 1, "at": NOW * 1000}
HUGE = 10**400


def beat(seconds: float = 10, *, rate: float = 1, measured: float = NOW) -> Beat:
    return Beat(sequence=1, start=0, end=seconds, rate=rate, measured=measured)


def test_a_beat_is_read_as_it_was_sent():
    assert read_beat(GOOD) == Beat(sequence=1, start=10, end=20.5, rate=1, measured=NOW)


@pytest.mark.parametrize("name", ["sequence", "from", "to", "rate", "at"])
@pytest.mark.parametrize("value", [None, "1", "NaN", float("nan"), float("inf"), -1, -0.001, True, [], {}, HUGE])
def test_a_beat_with_something_else_than_numbers_is_none(name, value):
    assert read_beat(GOOD | {name: value}) is Refusal.NUMBERS


@pytest.mark.parametrize("raw", [None, 1, "beat", [], {}, {"from": 1}])
def test_what_is_no_beat_is_none(raw):
    assert read_beat(raw) is Refusal.NUMBERS


@pytest.mark.parametrize("change", [{"to": 9}, {"sequence": 1.5}, {"sequence": 2**31}])
def test_a_beat_goes_on_and_has_a_number_that_a_column_holds(change):
    assert read_beat(GOOD | change) is Refusal.NUMBERS


@pytest.mark.parametrize("rate", [0, 0.49, 2.01, 16])
def test_only_half_to_double_speed_counts(rate):
    assert read_beat(GOOD | {"rate": rate}) is Refusal.RATE


def test_what_is_behind_the_end_is_cut_off():
    assert Beat(1, 50, 1e12, 1, NOW).within(60) == Beat(1, 50, 60, 1, NOW)
    assert Beat(1, 1e12, 1e12 + 5, 1, NOW).within(60).wall == 0


def test_a_beat_of_a_session_that_had_the_time_is_plausible():
    assert judge(beat(20, rate=2), began=NOW - 10, used=Used(), now=NOW) is None


def test_a_clock_may_be_a_little_ahead_but_not_in_the_future():
    assert judge(beat(measured=NOW + TOLERANCE), began=NOW - 60, used=Used(), now=NOW) is None
    assert judge(beat(measured=NOW + TOLERANCE + 1), began=NOW - 60, used=Used(), now=NOW) is Refusal.FUTURE


def test_a_beat_waits_thirty_days_for_a_connection_and_no_longer():
    before = NOW - OLDEST - 100
    assert judge(beat(measured=NOW - OLDEST), began=before, used=Used(), now=NOW) is None
    assert judge(beat(measured=NOW - OLDEST - 1), began=before, used=Used(), now=NOW) is Refusal.OLD


def test_nothing_was_played_before_the_session_began():
    assert judge(beat(1200), began=NOW - 5, used=Used(), now=NOW) is Refusal.EARLY


def test_a_session_plays_no_more_than_there_was_time_for():
    began, used = NOW - 100, Used(wall=95, latest=NOW)
    assert judge(beat(5), began=began, used=used, now=NOW) is None
    assert judge(beat(20), began=began, used=used, now=NOW) is Refusal.TOO_MUCH


@given(
    stretches=st.lists(
        st.tuples(
            st.floats(min_value=0, max_value=600),  # seconds of silence before: pauses, seeks, sleep
            st.floats(min_value=0.05, max_value=60),  # seconds on the wall
            st.sampled_from([0.5, 0.75, 1, 1.5, 2]),
        ),
        min_size=1,
        max_size=20,
    ),
    random=st.randoms(),
)
def test_whatever_an_honest_player_plays_is_plausible_in_any_order(stretches, random):
    began = now = NOW
    beats = []
    for silence, wall, rate in stretches:
        now += silence + wall
        beats.append(Beat(len(beats), 0, wall * rate, rate, now))
    random.shuffle(beats)

    used = Used()
    for each in beats:
        assert judge(each, began=began, used=used, now=now) is None
        used = used.and_also(each)


@given(
    st.lists(
        st.builds(
            Beat, st.integers(0, 9), st.just(0), st.floats(0, 3600), st.floats(0.5, 2), st.floats(NOW, NOW + 600)
        ),
        max_size=30,
    )
)
def test_however_one_cheats_a_session_counts_no_more_than_its_time_at_double_speed(beats):
    used, accepted = Used(), []
    for each in beats:
        if judge(each, began=NOW, used=used, now=NOW + 600) is None:
            used = used.and_also(each)
            accepted.append(each)

    played = sum(each.end for each in accepted)
    assert played <= 2 * (600 * (1 + DRIFT) + TOLERANCE) + 0.01


def test_a_session_is_read_back_as_it_began():
    found = sessions.read(sessions.begin(person=7, part=9, now=NOW))
    assert found
    assert (found.person, found.part, found.began) == (7, 9, NOW)


def test_two_sessions_are_never_the_same():
    assert sessions.begin(person=7, part=9, now=NOW) != sessions.begin(person=7, part=9, now=NOW)


@pytest.mark.parametrize("place", range(0, 75, 7))
def test_a_session_that_was_changed_anywhere_is_none(place):
    token = sessions.begin(person=7, part=9, now=NOW)
    changed = token[:place] + ("a" if token[place % len(token)] != "a" else "b") + token[place + 1 :]
    assert sessions.read(changed) is None


@pytest.mark.parametrize("token", [None, 1, "", "a.b", "x" * 10_000, ["token"]])
def test_what_is_no_session_is_none(token):
    assert sessions.read(token) is None
