import contextlib
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masterclasses.transcoding.looking import frame_rate, reason_not_to_decode
from masterclasses.transcoding.probe import Probe, ProbeError, parse
from masterclasses.transcoding.tracks import follow

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


def test_an_answer_becomes_facts_and_back():
    probe = Probe(3.0, 640, 360, "mov", "h264", audio_codec="aac", audio_channels=1)
    assert Probe.from_json(probe.as_json() | {"added later": 1}) == probe


def test_a_refusal_keeps_its_code():
    with pytest.raises(ProbeError) as refused:
        parse('{"refused": "no_video"}')
    assert refused.value.code == "no_video"


@given(st.text(max_size=60) | JSON.map(repr))
def test_a_process_that_talks_nonsense_is_a_refusal_and_no_error(answer):
    with contextlib.suppress(ProbeError):
        parse(answer)


@pytest.mark.parametrize(
    ("average", "base", "rate"),
    [
        (Fraction(25), Fraction(25), "25"),
        (Fraction(30000, 1001), Fraction(30000, 1001), "30000/1001"),
        (Fraction(24), Fraction(90000), "24"),
        (Fraction(120), Fraction(120), "60"),
        (Fraction(1), Fraction(1), "5"),
        (Fraction(1), Fraction(30), "30"),
        (None, None, "25"),
    ],
)
def test_the_encode_runs_at_a_sensible_rate(average, base, rate):
    assert frame_rate(average, base)["rate"] == rate


@pytest.mark.parametrize(
    ("size", "codec", "code"),
    [((16000, 16000), "h264", "too_large"), ((320, 240), "magicyuv", "codec"), ((7680, 4320), "hevc", "")],
)
def test_nothing_is_decoded_that_should_not_be(size, codec, code):
    assert reason_not_to_decode(*size, codec) == code


def packets(*times, length=10, keys=(0,)):
    return [(at, at, length, number in keys) for number, at in enumerate(times)]


def test_an_even_track_is_told_from_one_with_a_gap():
    even = follow(packets(0, 10, 20, 30, keys=(0, 2)), 0.1)
    assert (even["frames"], even["seconds"], even["even"], even["keys"]) == (4, 4.0, True, [0, 2])
    assert not follow(packets(0, 10, 30, 40), 0.1)["even"]
    assert not follow(packets(0, 10, 10, 20), 0.1)["even"]


def test_a_track_without_packets_lasts_no_time():
    assert follow([], 0.1) == {"seconds": 0.0, "start": 0.0, "frames": 0, "even": False, "keys": []}
