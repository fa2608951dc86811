"""Writing WebVTT that every player reads. What was written here is read back as it was, and written alike again."""

from __future__ import annotations

from collections.abc import Iterable

from masterclasses.captions.reading import ReadCue
from masterclasses.captions.times import ARROW, write_time


def write(blocks: Iterable[ReadCue | str]) -> str:
    """The file: cues, and notes as they are."""
    return "\n\n".join(["WEBVTT", *(block if isinstance(block, str) else _cue(block) for block in blocks)]) + "\n"


def write_chapters(marks: Iterable[tuple[int, int, str]]) -> str:
    """Chapters as (start, end, title), in milliseconds, for `<track kind="chapters">`."""
    escaped = ((start, end, title.replace("&", "&amp;").replace("<", "&lt;")) for start, end, title in marks)
    return write(ReadCue(start, end, " ".join(title.replace(ARROW, "->").split())) for start, end, title in escaped)


def _cue(cue: ReadCue) -> str:
    times = f"{write_time(cue.start)} {ARROW} {write_time(cue.end)} {cue.settings}".rstrip()
    return "\n".join(line for line in (cue.identifier, times, cue.payload) if line)
