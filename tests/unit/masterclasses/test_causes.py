import signal

import pytest

from masterclasses.transcoding.causes import (
    CAUSES,
    CRASHED,
    CRASHES,
    DAMAGED,
    DISK_FULL,
    FOREIGN,
    GONE,
    NO_ENCODER,
    NO_MEMORY,
    NO_VIDEO,
    NO_WALLS,
    SIGNALS,
    TOO_LARGE,
    explain,
    last_words,
)

#: What ffmpeg, the cage and bubblewrap have really said, and what people are told; at least one for each cause.
SAID = [
    ("av_interleaved_write_frame(): No space left on device", DISK_FULL, True),
    ("[out#0/hls @ 0x55] Error writing trailer: Disk quota exceeded", DISK_FULL, True),
    ("[vf#0:0 @ 0x1] Error while filtering: Cannot allocate memory", NO_MEMORY, True),
    ("x264 [error]: malloc of size 5591168 failed", NO_MEMORY, True),
    ("video.mp4: File too large", TOO_LARGE, False),
    ("cannot run /usr/bin/ffmpeg: No such file or directory", NO_ENCODER, True),
    ("ffmpeg: error while loading shared libraries: libblas.so.3: cannot open shared object file", NO_ENCODER, True),
    ("bwrap: execvp /opt/ffmpeg: No such file or directory", NO_ENCODER, True),
    ("bwrap: Can't find source path /media/videos/sources/x.mp4: No such file or directory", GONE, False),
    ("bwrap: Creating new namespace failed: Operation not permitted", NO_WALLS, True),
    ("Codec (magicyuv) not on whitelist 'h264,hevc'", FOREIGN, False),
    ("[hls @ 0x1] Format not on whitelist 'mov,matroska'\nfile:x: Invalid data found", FOREIGN, False),
    ("Decoder (codec av1) not found for input stream #0:0", FOREIGN, False),
    ("[h264 @ 0x1] Picture size 16000x16000 is invalid", FOREIGN, False),
    ("[h264 @ 0x1] Picture size 9000x9000 exceeds maximum pixel count 35389440", FOREIGN, False),
    ("Stream specifier '' in filtergraph description [0:V:0]fps=25 matches no streams.", NO_VIDEO, False),
    ("file:/media/x.mp4: No such file or directory", GONE, False),
    ("[mov,mp4 @ 0x55d] moov atom not found\nfile:/in/x.mp4: Invalid data found when processing input", DAMAGED, False),
    ("[matroska @ 0x1] File ended prematurely, truncated", DAMAGED, False),
]


@pytest.mark.parametrize(("errors", "words", "try_again"), SAID)
def test_known_words_have_a_human_cause(errors, words, try_again):
    failure = explain(1, errors)
    assert str(failure) == str(words)
    assert failure.try_again is try_again


def test_there_is_something_that_was_really_said_for_each_cause():
    met = [next(cause for cause in CAUSES if cause.pattern.search(errors)) for errors, _words, _again in SAID]
    assert set(met) == set(CAUSES)


@pytest.mark.parametrize("number", list(SIGNALS))
@pytest.mark.parametrize("shape", [lambda number: -number, lambda number: 128 + number])
def test_each_signal_that_a_limit_sends_is_explained(number, shape):
    failure = explain(shape(number), "")
    assert str(failure) == str(SIGNALS[number])
    assert failure.try_again == SIGNALS[number].try_again


@pytest.mark.parametrize("number", CRASHES)
def test_a_crash_within_walls_is_one_too_unless_there_are_words(number):
    assert str(explain(128 + number, "")) == str(CRASHED)
    assert str(explain(128 + number, "No space left on device")) == str(DISK_FULL)


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGABRT, signal.SIGILL, signal.SIGFPE])
def test_a_decoder_that_crashes_is_tried_again(number):
    failure = explain(-number, "")
    assert str(failure) == str(CRASHED)
    assert failure.try_again


@pytest.mark.parametrize("returncode", [-signal.SIGXFSZ, 128 + signal.SIGXFSZ])
def test_a_result_beyond_its_limit_is_not_tried_again(returncode):
    failure = explain(returncode, "")
    assert str(failure) == str(TOO_LARGE)
    assert not failure.try_again


def test_unknown_words_are_passed_on_without_paths():
    failure = explain(1, "[out#0 @ 0x5f3a] Could not frobnicate file:/srv/var/media/videos/sources/a.mp4: odd\n")
    assert "Could not frobnicate" in str(failure)
    assert "/srv" not in str(failure)
    assert "0x5f3a" not in str(failure)


def test_silence_is_explained_too():
    assert "187" in str(explain(187, ""))
    assert last_words("") == ""
