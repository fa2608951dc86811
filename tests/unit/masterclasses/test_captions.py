"""Captions as editors bring them: what is read, what is refused and in which line, and what is only advised."""

from __future__ import annotations

import pytest

from masterclasses.captions import markup
from masterclasses.captions.intake import take_file, take_text
from masterclasses.captions.rules import check_length

GOOD = "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nGood evening\n"


def webvtt(*cues: str) -> str:
    return "\n\n".join(["WEBVTT", *cues]) + "\n"


def found_in(text: str) -> list[tuple[str, int]]:
    return [(problem.code, problem.line) for problem in take_text(text).problems]


ERRORS = {
    "header": ("Dear colleague,\nplease find attached", [("header", 1)]),
    "header in small letters": ("webvtt\n\n00:01.000 --> 00:02.000\nHi", [("header", 1)]),
    "header run on": ("WEBVTTX\n\n00:01.000 --> 00:02.000\nHi", [("header", 1)]),
    "cue joined to header": ("WEBVTT\n00:01.000 --> 00:02.000\nHi", [("joined", 2)]),
    "nothing but the header": ("WEBVTT - nothing said\n", [("no_cues", 0)]),
    "nothing": (" \n\t\n", [("empty", 0)]),
    "comma in WebVTT": (webvtt("00:01,000 --> 00:02,000\nHi"), [("time", 3)]),
    "61 seconds": (webvtt("00:61.000 --> 00:02.000\nHi"), [("time", 3)]),
    "100 hours": (webvtt("100:00:00.000 --> 100:00:01.000\nHi"), [("time", 3)]),
    "one time only": (webvtt("00:01.000 -->\nHi"), [("time", 3)]),
    "words without times": (webvtt("00:01.000 --> 00:02.000\nHi", "and more"), [("no_time", 6)]),
    "two lines above the times": (webvtt("one\ntwo\n00:01.000 --> 00:02.000\nHi"), [("no_time", 3)]),
    "no blank line between": (
        webvtt("00:01.000 --> 00:02.000\nHi\n00:03.000 --> 00:04.000\nHo"),
        [("joined", 5)],
    ),
    "end at start": (webvtt("00:02.000 --> 00:02.000\nHi"), [("backwards", 3)]),
    "end before start": (webvtt("00:02.000 --> 00:01.000\nHi"), [("backwards", 3)]),
    "out of order": (webvtt("00:05.000 --> 00:06.000\nB", "00:01.000 --> 00:02.000\nA"), [("order", 6)]),
    "control character": (webvtt("00:01.000 --> 00:02.000\nH\x07i"), [("control", 4)]),
    "NUL": (webvtt("00:01.000 --> 00:02.000\nH\x00i"), [("control", 4)]),
    "SRT with a bad time": ("1\n00:00:01 --> 00:00:02\nHi\n", [("time", 2)]),
    "SRT without blank line": (
        "1\n00:00:01,000 --> 00:00:02,000\nHi\n2\n00:00:03,000 --> 00:00:04,000\nHo\n",
        [("joined", 5)],
    ),
    "SRT out of order": (
        "1\n00:00:09,000 --> 00:00:10,000\nHi\n\n2\n00:00:03,000 --> 00:00:04,000\nHo\n",
        [("order", 6)],
    ),
}


@pytest.mark.parametrize(("text", "problems"), ERRORS.values(), ids=ERRORS)
def test_what_is_wrong_is_refused_with_its_line(text, problems):
    found = take_text(text)

    assert [(problem.code, problem.line) for problem in found.errors] == problems
    assert all(
        str(line) in problem.words for problem, (_code, line) in zip(found.errors, problems, strict=True) if line
    )


WARNINGS = {
    "overlap": (webvtt("00:01.000 --> 00:04.000\nA", "00:03.000 --> 00:05.000\nB"), [("overlap", 6)]),
    "fast": (webvtt(f"00:01.000 --> 00:02.000\n{'quick ' * 6}"), [("fast", 3)]),
    "many lines": (webvtt("00:01.000 --> 00:05.000\none\ntwo\nthree\nfour"), [("many_lines", 3)]),
    "long": (webvtt("00:01.000 --> 00:31.000\nStill here"), [("long", 3)]),
    "strange tag": (webvtt("00:01.000 --> 00:02.000\n<blink>Hi"), [("tag", 3)]),
    "strange setting": (webvtt("00:01.000 --> 00:02.000 align:up\nHi"), [("setting", 3)]),
    "style": ("WEBVTT\n\nSTYLE\n::cue { color: red }\n\n00:01.000 --> 00:02.000\nHi", [("style", 3)]),
    "no words": (webvtt("00:01.000 --> 00:02.000", "00:03.000 --> 00:04.000\nHi"), [("silent", 3)]),
}


@pytest.mark.parametrize(("text", "problems"), WARNINGS.values(), ids=WARNINGS)
def test_what_could_be_better_is_advised_and_kept(text, problems):
    found = take_text(text)

    assert [(problem.code, problem.line) for problem in found.warnings] == problems
    assert found.errors == []
    assert found.cues


def test_good_captions_have_no_problems():
    assert found_in(GOOD) == []


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_are_counted_whatever_ends_them(ending):
    text = webvtt("00:01.000 --> 00:02.000\nHi", "nonsense").replace("\n", ending)

    assert found_in(text) == [("no_time", 6)]


def test_lines_keep_their_numbers_after_blank_ones_at_the_beginning():
    assert found_in("\n\nnonsense") == [("header", 3)]


def test_captions_are_checked_against_the_length_of_their_video():
    cues = take_text(
        webvtt("00:01.000 --> 00:02.000\nA", "00:58.000 --> 01:05.000\nB", "01:05.000 --> 01:06.000\nC")
    ).cues

    found = [(problem.code, problem.line) for problem in check_length(cues, seconds=60)]

    assert found == [("past_end", 6), ("beyond", 9)]


# Encodings ---------------------------------------------------------------------------------------------------------

GERMAN = webvtt("00:01.000 --> 00:03.000\nGrüße, für müßige Leute")


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("cp1252", "Windows-1252"),
    ],
)
def test_encodings_that_can_be_told_are_read(encoding, name):
    found = take_file(GERMAN.encode(encoding))

    assert (found.errors, found.encoding) == ([], name)
    assert found.cues[0].text == "Grüße, für müßige Leute"


def test_utf_16_is_read_in_both_orders_of_bytes():
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        assert take_file(mark + GERMAN.encode(encoding)).cues[0].text.startswith("Grüße")


UNREADABLE = {
    "Cyrillic in Windows-1251": (
        webvtt("00:01.000 --> 00:03.000\n" + "Привет, дорогие друзья " * 3).encode("cp1251"),
        4,
    ),
    "Japanese in Shift-JIS": (webvtt("00:01.000 --> 00:03.000\nこんにちは、皆さん").encode("shift-jis"), 4),
    "half a UTF-16 file": (b"\xff\xfe" + GERMAN.encode("utf-16-le")[:-1], 4),
    "UTF-32": (GERMAN.encode("utf-32"), 1),
}


@pytest.mark.parametrize(("data", "line"), UNREADABLE.values(), ids=UNREADABLE)
def test_other_encodings_are_refused_with_what_to_do(data, line):
    (problem,) = take_file(data).errors

    assert problem.code == "encoding"
    assert "UTF-8" in problem.words
    assert problem.line == line


@pytest.mark.parametrize(
    ("data", "code"), [(b"", "empty"), (b"\xef\xbb\xbf\r\n ", "empty"), (b"x" * 1_100_000, "too_big")]
)
def test_files_of_no_use_are_refused_as_a_whole(data, code):
    (problem,) = take_file(data).errors

    assert (problem.code, problem.line) == (code, 0)


def test_the_limit_is_named_to_whoever_meets_it():
    (problem,) = take_file(b"x" * 1_100_000).errors

    assert "1.0\xa0MB" in problem.words


# What is kept ------------------------------------------------------------------------------------------------------


def test_subrip_becomes_webvtt():
    srt = '1\r\n00:00:01,5 --> 00:00:03,000 X1:40\r\n<font color="#fff"><I>Hello</I></font>\r\n{\\an8}there\r\n\r\n'

    found = take_file(srt.encode())

    assert found.problems == []
    assert found.webvtt == "WEBVTT\n\n00:00:01.500 --> 00:00:03.000\n<i>Hello</i>\nthere\n"


def test_notes_names_and_places_are_kept():
    text = webvtt("NOTE by Tomasz", "intro\n00:00:01.000 --> 00:00:03.000 align:start line:10%\n<v Amara>Hi")

    assert take_text(text).webvtt == text


@pytest.mark.parametrize(
    "kept",
    [
        "<b>a</b> <i>b</i> <u>c</u>",
        "<c.loud>a</c>",
        "<v Amara Okonjo>a</v>",
        "<v.first Amara>a",
        "<lang de>a</lang>",
        "<ruby>漢<rt>kan</rt></ruby>",
        "Fish &amp; chips &lt;3",
        "<00:00:02.500>later",
        "a > b",
    ],
)
def test_formatting_of_webvtt_is_kept(kept):
    assert markup.clean(kept) == (kept, [])


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>"),
        ("<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)>"),
        ("<b onclick=alert(1)>a", "&lt;b onclick=alert(1)>a"),
        ("<!-- a", "&lt;!-- a"),
        ("1 < 2 & 3", "1 &lt; 2 &amp; 3"),
        ("<v>", "<v>"),
        ("<c", "&lt;c"),
        ("<<b>>", "&lt;<b>>"),
    ],
)
def test_everything_else_becomes_text(written, kept):
    assert markup.clean(written)[0] == kept


def test_the_words_of_a_caption_are_without_formatting():
    payload = "<v Amara><i>Fish &amp;\nchips</i> &lt;script> <ruby>漢<rt>kan</rt></ruby>"

    assert markup.plain(payload) == "Fish & chips <script> 漢"
    assert markup.speaker(payload) == "Amara"
