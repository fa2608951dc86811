import pytest
from hypothesis import given
from hypothesis import strategies as st

from masterclasses.transcoding.ladder import MP4_AT_MOST, Plan, mp4_rung, plan_for, rungs_for
from masterclasses.transcoding.probe import Probe
from masterclasses.transcoding.scan import Scan

sides = st.integers(min_value=64, max_value=8192)


def sizes(width, height):
    return [(rung.width, rung.height) for rung in rungs_for(width, height)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ((1920, 1080), [(640, 360), (1280, 720), (1920, 1080)]),
        ((3840, 2160), [(640, 360), (1280, 720), (1920, 1080)]),
        ((1280, 720), [(640, 360), (1280, 720)]),
        ((720, 1280), [(360, 640), (720, 1280)]),
        ((640, 480), [(480, 360), (640, 480)]),
        ((400, 380), [(378, 360)]),
        ((320, 240), [(320, 240)]),
        ((333, 251), [(332, 250)]),
        ((1600, 900), [(640, 360), (1280, 720), (1600, 900)]),
    ],
)
def test_usual_sources_get_usual_sizes(source, expected):
    assert sizes(*source) == expected


@given(sides, sides)
def test_every_rung_is_even_not_above_the_source_and_keeps_its_shape(width, height):
    rungs = rungs_for(width, height)
    assert rungs
    for rung in rungs:
        assert rung.width % 2 == rung.height % 2 == 0
        assert 0 < rung.width <= width
        assert 0 < rung.height <= height
        scale = rung.lines / min(width, height)
        assert abs(rung.width - width * scale) <= max(2, width / min(width, height) * 2)
        assert abs(rung.height - height * scale) <= max(2, height / min(width, height) * 2)


@given(sides.filter(lambda side: side >= 360), sides.filter(lambda side: side >= 360))
def test_usual_rungs_keep_the_shape_within_one_pixel(width, height):
    for rung in rungs_for(width, height):
        if rung.lines in (360, 720, 1080):
            scale = rung.lines / min(width, height)
            assert abs(rung.width - width * scale) <= 1
            assert abs(rung.height - height * scale) <= 1


@given(sides, sides)
def test_rungs_climb_and_have_names_of_their_own(width, height):
    lines = [rung.lines for rung in rungs_for(width, height)]
    assert lines == sorted(set(lines))


@given(sides, sides)
def test_an_upright_source_gets_the_landscape_ladder_turned(width, height):
    assert sizes(width, height) == [(wide, high) for high, wide in sizes(height, width)]


@given(sides, sides, st.integers(0, 8), st.floats(0.1, 21_600))
def test_the_mp4_file_has_720_lines_at_most_unless_there_is_nothing_smaller(width, height, channels, seconds):
    probe = Probe(seconds, width, height, "mov", "h264", audio_codec="aac" if channels else "", audio_channels=channels)
    plan = plan_for(probe, Scan(seconds, seconds))
    chosen = mp4_rung(plan.rungs)
    assert chosen in plan.rungs
    assert chosen.lines <= MP4_AT_MOST or chosen is plan.rungs[0]
    assert plan.audio_channels == min(channels, 2)


def test_a_source_that_is_turned_is_planned_as_it_is_seen():
    turned = Probe(10, 1920, 1080, "mov", "h264", rotation=90)
    assert [(rung.width, rung.height) for rung in plan_for(turned, Scan(10, 10)).rungs][-1] == (1080, 1920)


def test_pixels_that_are_not_square_are_stretched():
    wide = Probe(10, 720, 576, "mov", "h264", pixel_shape=64 / 45)
    assert (wide.display_width, wide.display_height) == (1024, 576)


FULL = Probe(10, 1920, 1080, "mov", "h264", rate="30000/1001")


def test_a_plan_comes_back_from_its_row():
    plan = plan_for(FULL, Scan(10, 9.9), av1=True)
    assert Plan.from_json(plan.as_json()) == plan


def test_pictures_are_counted_by_what_is_really_there():
    assert plan_for(FULL, Scan(20, 10.01)).frames == 300
    assert plan_for(FULL, Scan(10, 10)).group == 120


def test_av1_rungs_stand_beside_the_others_and_never_become_the_mp4_file():
    plan = plan_for(FULL, Scan(10, 10), av1=True)
    names = [rung.name for rung in plan.rungs]
    assert names == ["360p", "720p", "1080p", "360p_av1", "720p_av1", "1080p_av1"]
    assert mp4_rung(plan.rungs).name == "720p"
    assert plan.largest.name == "1080p"


@pytest.mark.parametrize(
    ("transfer", "tonemap", "tone"), [("", True, ""), ("pq", True, "tonemap"), ("hlg", False, "approximate")]
)
def test_a_high_dynamic_range_is_brought_down_in_the_way_that_ffmpeg_can(transfer, tonemap, tone):
    bright = Probe(10, 1920, 1080, "mov", "hevc", transfer=transfer)
    assert plan_for(bright, Scan(10, 10), tonemap=tonemap).tone == tone
