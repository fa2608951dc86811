from dataclasses import replace

import pytest

from masterclasses.transcoding import commands, joining, sound, stills
from masterclasses.transcoding.ladder import plan_for
from masterclasses.transcoding.planning import Chunk
from masterclasses.transcoding.probe import Probe
from masterclasses.transcoding.scan import Scan

FILM = Probe(60, 1920, 1080, "mov", "h264", rate="30000/1001", audio_codec="aac", audio_channels=2)
PLAN = plan_for(FILM, Scan(60, 60, 60))
FIRST = Chunk(0, 360)
NAMES = ["720p", "1080p"]


def video(plan=PLAN, chunk=FIRST, names=NAMES, source="/media/videos/sources/x.mp4"):
    return commands.video_command("/usr/bin/ffmpeg", source, plan, chunk, names, threads=2)


LINES = {
    "pictures": video(),
    "pictures further on": video(chunk=Chunk(360, 360)),
    "measuring": sound.measure_command("/usr/bin/ffmpeg", "/media/x.mp4", PLAN),
    "sound": sound.sound_command("/usr/bin/ffmpeg", "/media/x.mp4", PLAN, None),
    "stills": stills.stills_command("/usr/bin/ffmpeg", "/media/x.mp4", PLAN, threads=2),
}


def value_of(line, option):
    return line[line.index(option) + 1]


def test_there_is_one_input_and_it_is_named_as_a_file():
    line = video(source="/media/concat:a|b.mp4")
    assert line.count("-i") == 1
    assert value_of(line, "-i") == "file:/media/concat:a|b.mp4"


@pytest.mark.parametrize("option", ["-protocol_whitelist", "-format_whitelist", "-codec_whitelist", "-max_pixels"])
@pytest.mark.parametrize("name", list(LINES))
def test_the_limits_stand_before_the_input(name, option):
    line = LINES[name]
    assert line.index(option) < line.index("-i")


@pytest.mark.parametrize("name", list(LINES))
def test_nothing_is_read_from_the_terminal_and_progress_is_told(name):
    assert "-nostdin" in LINES[name]
    assert value_of(LINES[name], "-progress") == "pipe:1"


@pytest.mark.parametrize("name", list(LINES))
def test_outputs_are_plain_names_in_the_working_folder(name):
    outputs = [word for word in LINES[name] if word.endswith((".m3u8", ".m4s", ".mp4", ".jpg", ".m4a"))]
    assert not [word for word in outputs if "/" in word and not word.startswith("file:")]


def test_one_decode_feeds_all_rungs_of_a_piece_and_no_other():
    line = video()
    assert line.count("libx264") == 2
    assert "split=2" in value_of(line, "-filter_complex")
    assert "640:360" not in " ".join(line)


def test_groups_of_all_rungs_begin_at_the_same_pictures():
    line = video()
    assert line.count("expr:eq(mod(n,120),0)") == 2
    assert {line[index + 1] for index, word in enumerate(line) if word == "-g"} == {"120"}


def test_a_piece_further_on_keeps_the_clock_of_the_whole_and_its_place_among_the_segments():
    line = video(chunk=Chunk(360, 240))
    assert value_of(line, "-ss") == "12.012000"
    assert {"-copyts", "-start_at_zero", "-noaccurate_seek"} <= set(line)
    assert "fps=30000/1001:start_time=12.012000,trim=end_frame=240," in value_of(line, "-filter_complex")
    assert value_of(line, "-start_number") == "3"
    assert "-ss" not in video()


def test_high_dynamic_range_is_brought_down_after_the_pictures_are_made_small():
    plan = replace(PLAN, tone="tonemap", transfer="pq")
    graph = commands.filter_graph(plan, Chunk(0, 10), plan.named(NAMES))
    assert graph.index("scale=1920:1080") < graph.index("tonemap=") < graph.index("split=2")
    approximate = commands.to_ordinary(replace(plan, tone="approximate"))
    assert "zscale" not in approximate
    assert "colorspace=" in approximate


def test_mono_stays_mono():
    assert "channel_layouts=mono" in sound.on_the_clock(replace(PLAN, audio_channels=1))


def test_the_second_pass_knows_what_the_first_measured():
    said = """[Parsed_loudnorm_0 @ 0x1]
    {
        "input_i" : "-27.61", "input_tp" : "-4.47", "input_lra" : "18.06",
        "input_thresh" : "-39.20", "output_i" : "-16.58", "target_offset" : "0.58"
    }"""
    found = sound.parse(said)
    assert found == sound.Loudness(-27.61, -4.47, 18.06, -39.2, 0.58)
    assert "measured_I=-27.61" in sound.normalised(found)


@pytest.mark.parametrize("integrated", ["-inf", "-70.0"])
def test_silence_is_not_made_loud(integrated):
    said = (
        f'{{"input_i": "{integrated}", "input_tp": "-inf", "input_lra": "0", "input_thresh": "-70", '
        '"target_offset": "inf"}'
    )
    assert sound.normalised(sound.parse(said)) == ""


def test_without_a_measurement_nothing_is_changed():
    assert sound.parse("nothing of the kind") is None
    assert sound.normalised(None) == ""


def test_the_mp4_file_is_a_copy_of_what_is_encoded():
    line = joining.mp4_command("/usr/bin/ffmpeg", has_sound=True)
    assert value_of(line, "-c") == "copy"
    assert "+faststart" in line
    assert line.count("-i") == 2
    assert joining.mp4_command("/usr/bin/ffmpeg", has_sound=False).count("-i") == 1
