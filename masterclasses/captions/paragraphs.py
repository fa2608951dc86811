"""From single captions to something that reads like an article: paragraphs, under the titles of chapters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Protocol

#: Whoever is silent for so long (milliseconds) begins a new thought.
PAUSE_MS = 1500
#: Characters after which the end of a sentence ends the paragraph, and those after which any caption does.
COMFORTABLE, LONGEST = 420, 900
_SENTENCE_END = re.compile(r"""[.!?…]["'”’»)\]]*$""")


class Spoken(Protocol):
    @property
    def start_ms(self) -> int: ...
    @property
    def end_ms(self) -> int: ...
    @property
    def speaker(self) -> str: ...
    @property
    def text(self) -> str: ...


class Chapter(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def title(self) -> str: ...


@dataclass
class Paragraph:
    """`speaker` is named where another one begins to speak."""

    cues: list[Spoken] = field(default_factory=list)
    speaker: str = ""

    @property
    def second(self) -> int:
        return self.cues[0].start_ms // 1000

    @property
    def length(self) -> int:
        return sum(len(cue.text) + 1 for cue in self.cues)


@dataclass
class Section:
    """What is said in one chapter; the first may have no title."""

    title: str = ""
    second: int = 0
    paragraphs: list[Paragraph] = field(default_factory=list)


def sections(cues: Iterable[Spoken], chapters: Iterable[Chapter] = ()) -> list[Section]:
    """Cues in their order, under the chapters in theirs; chapters in which nothing is said are left out."""
    starts = sorted(chapters, key=lambda chapter: chapter.start)
    made = []
    for number, said in groupby(cues, key=lambda cue: _chapter_at(cue, starts)):
        title, second = (starts[number].title, starts[number].start) if number >= 0 else ("", 0)
        made.append(Section(title, second, list(_joined(said))))
    _name_speakers(made)
    return made


def _chapter_at(cue: Spoken, starts: Sequence[Chapter]) -> int:
    """The number of the chapter; a caption that begins half a second early still belongs to it."""
    return sum(chapter.start * 1000 <= cue.start_ms + 500 for chapter in starts) - 1


def _joined(cues: Iterable[Spoken]) -> Iterator[Paragraph]:
    paragraph = Paragraph()
    for cue in cues:
        if paragraph.cues and _begins_new(paragraph, cue):
            yield paragraph
            paragraph = Paragraph()
        paragraph.cues.append(cue)
    if paragraph.cues:
        yield paragraph


def _begins_new(paragraph: Paragraph, cue: Spoken) -> bool:
    before = paragraph.cues[-1]
    if cue.speaker != before.speaker or cue.start_ms - before.end_ms >= PAUSE_MS:
        return True
    length = paragraph.length
    return length >= LONGEST or (length >= COMFORTABLE and bool(_SENTENCE_END.search(before.text)))


def _name_speakers(made: Iterable[Section]) -> None:
    before = ""
    for section in made:
        for paragraph in section.paragraphs:
            speaker = paragraph.cues[0].speaker
            if speaker != before:
                paragraph.speaker = speaker
            before = speaker
