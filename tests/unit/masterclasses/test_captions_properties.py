"""Captions of any kind: nothing crashes, and nothing changes on the way from SubRip to WebVTT and back."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from masterclasses.captions import markup, times
from masterclasses.captions.intake import take_file, take_text
from masterclasses.captions.words import fold, folded_line, marked

#: No deadline: the machine may be busy.
calm = settings(deadline=None)
WORDS = st.text(st.characters(categories=("L", "N", "P", "S"), exclude_characters="<>&{}"), min_size=1, max_size=20)
LINES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join).filter(lambda line: "-->" not in line)
#: Pause before, length, lines.
CUES = st.lists(
    st.tuples(st.integers(0, 90_000), st.integers(1, 90_000), st.lists(LINES, min_size=1, max_size=3)),
    min_size=1,
    max_size=12,
)


def srt_of(cues) -> tuple[str, list[tuple[int, int, str]]]:
    now, blocks, facts = 0, [], []
    for number, (pause, length, lines) in enumerate(cues, start=1):
        start, end = now + pause, now + pause + length
        stamps = " --> ".join(times.write_time(moment).replace(".", ",") for moment in (start, end))
        blocks.append(f"{number}\n{stamps}\n" + "\n".join(lines))
        facts.append((start, end, markup.plain("\n".join(lines))))
        now = end
    return "\n\n".join(blocks) + "\n", facts


@calm
@given(CUES, st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]), st.sampled_from(["\n", "\r\n", "\r"]))
def test_subrip_becomes_webvtt_and_cues_without_a_loss(cues, encoding, ending):
    srt, facts = srt_of(cues)

    taken = take_file(srt.replace("\n", ending).encode(encoding))
    again = take_text(taken.webvtt)

    assert [problem.words for problem in taken.errors] == []
    assert [(cue.start, cue.end, cue.text) for cue in taken.cues] == facts
    assert [(cue.start, cue.end, cue.text) for cue in again.cues] == facts
    assert again.webvtt == taken.webvtt


@calm
@given(st.binary(max_size=400))
@example(b"\xff\xfe\x00\x00")
@example(b"WEBVTT\n\n-->")
@example(b"1\n-->\n-->\n1\n-->")
def test_arbitrary_bytes_get_an_answer(data):
    taken = take_file(data)

    assert taken.errors or taken.cues
    assert all(problem.words for problem in taken.problems)


PIECES = st.sampled_from(
    [
        "WEBVTT",
        "\n",
        "\n\n",
        "\r",
        "-->",
        " ",
        "00:01.000",
        "00:00:02,000",
        "1",
        "NOTE",
        "STYLE",
        "<v A>",
        "<",
        ">",
        "&",
        "é",
        "\t",
        "word",
    ]
)


@calm
@given(st.lists(PIECES, max_size=40).map("".join), st.booleans())
def test_whatever_passes_is_written_so_that_it_passes_again_unchanged(text, with_header):
    taken = take_text(f"WEBVTT\n\n{text}" if with_header else text)

    if not taken.errors:
        again = take_text(taken.webvtt)
        assert again.errors == []
        assert again.webvtt == taken.webvtt
        assert [(cue.start, cue.end, cue.text) for cue in again.cues] == [
            (cue.start, cue.end, cue.text) for cue in taken.cues
        ]


@calm
@given(st.text(alphabet="<>&;/ bcv.ltamp-script=\"'\n", max_size=60))
def test_cleaning_leaves_no_tag_but_webvtts_own_and_is_done_once(text):
    clean, _strange = markup.clean(text)

    assert markup.clean(clean)[0] == clean
    assert "<script" not in clean
    assert "<s" not in clean


@calm
@given(st.integers(0, 99 * 3_600_000))
def test_times_are_read_as_they_were_written(milliseconds):
    assert times.read_time(times.write_time(milliseconds)) == milliseconds


@calm
@given(st.text(max_size=80))
def test_marking_words_changes_none(text):
    terms = fold(text)[:3]

    pieces = marked(text, terms)

    assert "".join(piece for piece, _asked in pieces) == text
    assert any(asked for _piece, asked in pieces) is bool(terms)
    assert all(f" {term} " in folded_line(text) for term in terms)
