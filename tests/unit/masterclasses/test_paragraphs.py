"""When a transcript begins a new paragraph, and under which chapter it stands."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from masterclasses.captions.paragraphs import COMFORTABLE, LONGEST, sections
from masterclasses.captions.transcript import chapter_marks
from masterclasses.fields import read_clock


@dataclass
class Said:
    start_ms: int
    end_ms: int
    text: str = "And so on."
    speaker: str = ""


@dataclass
class Mark:
    start: int
    title: str


def in_a_row(*texts: str, speaker: str = "") -> list[Said]:
    return [Said(number * 2000, number * 2000 + 2000, text, speaker) for number, text in enumerate(texts)]


def paragraphs(cues) -> list[str]:
    return [" ".join(cue.text for cue in one.cues) for section in sections(cues) for one in section.paragraphs]


def test_what_is_said_in_one_breath_is_one_paragraph():
    assert paragraphs(in_a_row("One,", "two", "and three.")) == ["One, two and three."]


def test_a_pause_begins_a_new_one():
    assert paragraphs([Said(0, 1000, "One."), Said(2499, 3000, "Two."), Said(4500, 5000, "Three.")]) == [
        "One. Two.",
        "Three.",
    ]


def test_another_speaker_begins_a_new_one_and_is_named_once():
    cues = [
        Said(0, 1, "a", "Amara"),
        Said(1, 2, "b", "Amara"),
        Said(2, 3, "c", "Devan"),
        Said(9000, 9001, "d", "Devan"),
    ]

    (section,) = sections(cues)

    assert [paragraph.speaker for paragraph in section.paragraphs] == ["Amara", "Devan", ""]


def test_a_long_one_ends_with_a_sentence_and_the_longest_anywhere():
    sentence, endless = "word " * 20 + "end.", "word " * 20

    assert all(COMFORTABLE <= len(one) + 1 < COMFORTABLE + 110 for one in paragraphs(in_a_row(*[sentence] * 10))[:-1])
    assert all(LONGEST <= len(one) + 1 < LONGEST + 110 for one in paragraphs(in_a_row(*[endless] * 30))[:-1])


def test_chapters_are_titles_and_those_without_words_are_left_out():
    cues = [Said(0, 1000, "Before."), Said(9600, 11_000, "First."), Said(30_000, 31_000, "Third.")]
    chapters = [Mark(30, "Three"), Mark(10, "One"), Mark(20, "Two")]

    made = sections(cues, chapters)

    assert [(section.title, section.second) for section in made] == [("", 0), ("One", 10), ("Three", 30)]


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 5000), st.text(max_size=300), st.sampled_from(["", "A", "B"])), max_size=40),
    st.lists(st.integers(0, 100), max_size=5),
)
def test_nothing_is_lost_and_nothing_changes_its_place(said, starts):
    now, cues = 0, []
    for pause, text, speaker in said:
        cues.append(Said(now + pause, now + pause + 1000, text, speaker))
        now += pause + 1000

    made = sections(cues, [Mark(start, str(start)) for start in starts])

    assert [cue for section in made for one in section.paragraphs for cue in one.cues] == cues


def test_each_chapter_lasts_until_the_next_and_the_last_until_the_end():
    marks = [Mark(30, "Two"), Mark(0, "One")]

    assert chapter_marks(marks, 95) == [(0, 30_000, "One"), (30_000, 95_000, "Two")]
    assert chapter_marks(marks, 0) == [(0, 30_000, "One"), (30_000, 31_000, "Two")]
    assert chapter_marks([], 95) == []


def test_a_clock_is_read():
    read = {"75": 75, "1:15": 75, "01:15": 75, "61:05": 3665, "1:01:15": 3675, " 0 ": 0, "0:00": 0}

    assert {text: read_clock(text) for text in read} == read
    assert [read_clock(text) for text in ("", "1:60", "1:60:00", "-1", "1.5", "a", "1:2:3:4", "²")] == [None] * 8
