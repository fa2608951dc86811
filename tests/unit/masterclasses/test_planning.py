"""Where an encode is cut, and whose turn it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masterclasses.transcoding.ladder import plan_for
from masterclasses.transcoding.planning import (
    FIRST,
    PLAY,
    REST,
    SOUND,
    STILLS,
    VAIN,
    VIDEO,
    chunk_of,
    cut,
    in_vain,
    pieces_for,
    rank_of,
)
from masterclasses.transcoding.probe import Probe
from masterclasses.transcoding.scan import Scan

rates = st.sampled_from(["25", "30", "24000/1001", "30000/1001", "50", "60", "5", "12", "4451827/249637"])
lengths = st.floats(0.1, 21_600)
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


def plan(seconds=60.0, rate="25", *, size=(1920, 1080), sound=True, av1=False):
    facts = {"audio_codec": "aac", "audio_channels": 2} if sound else {}
    probe = Probe(seconds, *size, "mov", "h264", rate=rate, **facts)
    return plan_for(probe, Scan(seconds, seconds, seconds), av1=av1)


def key_frames(seconds: float, every: float) -> list[float]:
    return [number * every for number in range(int(seconds / every) + 1)]


@settings(deadline=None)
@given(lengths, rates, st.floats(0.2, 30), st.booleans())
def test_chunks_cover_every_picture_once_and_begin_with_a_segment(seconds, rate, every, seekable):
    planned = plan(seconds, rate)
    chunks = cut(planned, key_frames(seconds, every), seekable=seekable)
    assert chunks[0].first == 0
    assert all(before.first + before.frames == after.first for before, after in pairwise(chunks))
    assert chunks[-1].first + chunks[-1].frames == planned.frames
    assert all(chunk.frames > 0 and chunk.first % planned.group == 0 for chunk in chunks)


@settings(deadline=None)
@given(st.floats(17, 21_600), rates, st.floats(0.2, 30))
def test_chunks_are_about_a_minute_at_most_and_a_video_worth_sharing_has_two(seconds, rate, every):
    planned = plan(seconds, rate)
    chunks = cut(planned, key_frames(seconds, every), seekable=True)
    longest = 60 + (2 * PLAY + 1) * planned.at(planned.group)
    assert max(planned.at(chunk.frames) for chunk in chunks) <= longest
    assert len(chunks) >= 2


@settings(deadline=None)
@given(st.floats(30, 3600), st.lists(st.floats(0, 3600), max_size=30))
def test_no_boundary_costs_more_than_a_minute_of_decoding_in_vain(seconds, keys):
    planned = plan(seconds)
    for chunk in cut(planned, sorted(keys), seekable=True)[1:]:
        assert in_vain(planned, chunk.first // planned.group, sorted(keys)) <= VAIN


def test_a_boundary_moves_to_where_a_key_frame_comes_just_before():
    planned = plan(60)
    assert cut(planned, key_frames(60, 1), seekable=True)[1].first == 8 * 100
    assert cut(planned, [0.0, 23.5, 35.9], seekable=True)[1].first == 9 * 100


@pytest.mark.parametrize(("seconds", "seekable"), [(15, True), (600, False)])
def test_what_is_short_or_cannot_be_entered_midway_is_one_chunk(seconds, seekable):
    assert len(cut(plan(seconds), key_frames(seconds, 1), seekable=seekable)) == 1


def test_a_source_with_one_key_frame_is_not_decoded_again_and_again():
    assert len(cut(plan(3600), [0.0], seekable=True)) <= 2


@settings(deadline=None)
@given(lengths, rates)
def test_a_chunk_comes_back_from_the_seconds_of_its_row(seconds, rate):
    planned = plan(seconds, rate)
    chunks = cut(planned, key_frames(seconds, 2), seekable=True)
    assert [chunk_of(planned, planned.at(chunk.first), planned.at(chunk.frames)) for chunk in chunks] == chunks


def test_the_first_wave_is_what_makes_a_video_watchable():
    planned = plan(120)
    chunks = cut(planned, key_frames(120, 2), seekable=True)
    pieces = pieces_for(planned, chunks, source_pixels=1920 * 1080)
    first = [piece for piece in pieces if piece.wave == FIRST]
    assert [piece.role for piece in first] == [SOUND, STILLS, VIDEO, VIDEO]
    assert {tuple(piece.rungs) for piece in first if piece.role == VIDEO} == {("360p",)}
    rest = [piece for piece in pieces if piece.wave == REST]
    assert [(piece.role, piece.number, piece.rungs) for piece in rest] == [
        (VIDEO, 0, ["720p", "1080p"]),
        (VIDEO, 1, ["720p", "1080p"]),
    ]
    assert all(piece.cost > 0 for piece in pieces)
    assert rest[0].cost > first[-1].cost


def test_one_rung_is_one_wave_unless_it_comes_in_av1_too():
    small = {"size": (640, 360), "sound": False}

    def waves(planned):
        pieces = pieces_for(planned, cut(planned, [0.0], seekable=False), source_pixels=1)
        return [(piece.wave, piece.rungs) for piece in pieces if piece.role == VIDEO]

    assert waves(plan(30, **small)) == [(FIRST, ["360p"])]
    assert waves(plan(30, av1=True, **small)) == [(FIRST, ["360p"]), (REST, ["360p_av1"])]


def test_a_short_video_passes_a_three_hour_one_that_came_before_it():
    long, short = rank_of(NOW, 3 * 3600, FIRST), rank_of(NOW + timedelta(hours=3), 600, REST)
    assert short < long


@given(st.floats(0, 21_600), st.floats(0, 21_600), st.sampled_from([FIRST, REST]), st.sampled_from([FIRST, REST]))
def test_nobody_waits_for_ever(mine, other, my_wave, other_wave):
    """Whatever comes a day later stays behind, however short it is: the queue before a piece does not grow for ever."""
    assert rank_of(NOW, mine, my_wave) < rank_of(NOW + timedelta(days=1, seconds=1), other, other_wave)


@given(st.floats(0, 21_600), st.floats(0, 21_600))
def test_of_two_that_come_at_once_the_shorter_goes_first_and_every_first_wave_before_the_second(one, other):
    assert (rank_of(NOW, one, FIRST) <= rank_of(NOW, other, FIRST)) == (
        rank_of(NOW, one, FIRST) == rank_of(NOW, other, FIRST) or one <= other
    )
    assert rank_of(NOW, one, FIRST) <= rank_of(NOW, one, REST)
