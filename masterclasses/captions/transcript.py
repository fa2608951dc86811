"""The transcript of a part in one language, from its captions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from masterclasses.captions import markup
from masterclasses.captions.intake import take_text
from masterclasses.captions.paragraphs import Section, sections
from masterclasses.models import Cue, PartCaptions, PartPage


@dataclass(frozen=True)
class Language:
    code: str
    shown: bool


@dataclass(frozen=True)
class SpokenCue:
    """A caption of a text that is not published: it has no row yet."""

    start_ms: int
    end_ms: int
    speaker: str
    text: str


@dataclass(frozen=True)
class Transcript:
    """`languages` in the editor's order, all that there are; `sections` in the one that is shown."""

    language: str
    languages: list[Language]
    sections: list[Section]


def transcript_of(
    part: PartPage, chapters: Iterable[Any] = (), *, asked: str = "", preview: bool = False
) -> Transcript | None:
    """In the language asked for, or else the first; None when nothing is said. Two queries."""
    files = part.captions.get_object_list()  # keeps them at hand for the player
    if not files:
        return None
    shown = next((row for row in files if row.language.lower() == asked.lower()), files[0])
    cues = _unsaved(shown) if preview else _saved(shown)
    if not cues:
        return None
    languages = [Language(row.language, row is shown) for row in files]
    return Transcript(shown.language, languages, sections(cues, chapters))


def _saved(captions: PartCaptions) -> Sequence[Any]:
    return list(
        Cue.objects.filter(captions=captions.pk)
        .order_by("start_ms", "pk")
        .only("start_ms", "end_ms", "speaker", "text", "captions")
    )


def _unsaved(captions: PartCaptions) -> Sequence[Any]:
    return [
        SpokenCue(cue.start, cue.end, markup.speaker(cue.payload), cue.text) for cue in take_text(captions.webvtt).cues
    ]


def chapter_marks(chapters: Iterable[Any], seconds: float) -> list[tuple[int, int, str]]:
    """Chapters as (start, end, title) in milliseconds: each lasts until the next, the last until the video ends."""
    ordered = sorted(chapters, key=lambda chapter: chapter.start)
    starts = [chapter.start * 1000 for chapter in ordered]
    ends = [*starts[1:], max(int(seconds * 1000), *(start + 1000 for start in starts[-1:]))] if starts else []
    marks = zip(starts, ends, ordered, strict=True)
    return [(start, end, chapter.title) for start, end, chapter in marks if end > start]
