"""What captions that can be read must and should be like."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from masterclasses.captions.problems import Problem
from masterclasses.captions.reading import ReadCue
from masterclasses.captions.times import show_time, write_time

#: Characters a second that most people can read at ease.
READING_SPEED = 25
MOST_LINES = 3
LONGEST = 10.0
#: A caption may outlast the video a little: programs round.
GRACE_MS = 1000


def check(cues: Sequence[ReadCue]) -> Iterator[Problem]:
    """Problems that the captions have by themselves."""
    for before, cue in zip([None, *cues], cues, strict=False):
        yield from _times(before, cue)
        yield from _comfort(cue)


def check_length(cues: Iterable[ReadCue], *, seconds: float) -> Iterator[Problem]:
    """Problems that they have with a video of so many seconds."""
    end = seconds * 1000
    for cue in cues:
        if cue.start >= end:
            yield Problem("beyond", cue.line, {"start": write_time(cue.start), "end": show_time(end)})
        elif cue.end > end + GRACE_MS:
            yield Problem("past_end", cue.line, {"end": write_time(cue.end), "video": show_time(end)})


def _times(before: ReadCue | None, cue: ReadCue) -> Iterator[Problem]:
    start, end = write_time(cue.start), write_time(cue.end)
    if cue.end <= cue.start:
        yield Problem("backwards", cue.line, {"start": start, "end": end})
    if before and cue.start < before.start:
        yield Problem("order", cue.line, {"start": start, "before": write_time(before.start)})
    elif before and cue.start < before.end:
        yield Problem("overlap", cue.line, {"start": start, "before": write_time(before.end)})


def _comfort(cue: ReadCue) -> Iterator[Problem]:
    seconds = (cue.end - cue.start) / 1000
    if seconds > 0 and (speed := len(cue.text) / seconds) > READING_SPEED:
        yield Problem("fast", cue.line, {"speed": round(speed), "limit": READING_SPEED})
    if (count := cue.payload.count("\n") + 1) > MOST_LINES:
        yield Problem("many_lines", cue.line, {"count": count})
    if seconds > LONGEST:
        yield Problem("long", cue.line, {"seconds": round(seconds)})
