"""Which film a part shows at present, and how much of it has to be played."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from masterclasses.models import PartPage
from masterclasses.watching.intervals import Spans, clip, total

#: The share of a film that has to be played, its credits left out.
ENOUGH = 0.9
#: Two films whose lengths differ by at most so many seconds are taken for the same one, cut or encoded anew.
SAME = 2.0
#: What `film_of` reads of a part, for queries that are asked with every beat.
FIELDS = (
    "credits_start",
    "video__duration",
    "video__file",
    "video__published__source_name",
    "video__published__seconds_total",
    "video__published__watchable_at",
    "video__published__finished_at",
    "video__published__created_at",
)


@dataclass(frozen=True)
class Film:
    """`length` in seconds; `source` names the file that it was encoded from; `since` is when viewers got it.

    Only what is before `credits` has to be played.
    """

    length: float
    source: str = ""
    since: datetime | None = None
    credits: float | None = None

    @property
    def counted(self) -> float:
        """The seconds of which the share `ENOUGH` has to be played."""
        return self.credits if self.credits and self.credits < self.length else self.length

    def is_like(self, length: float) -> bool:
        return abs(self.length - length) <= SAME


def film_of(part: PartPage) -> Film:
    """What viewers of the part get, with `part.video.published` at hand; while a new file is encoded, still the old."""
    video = part.video
    if video is None:
        return Film(length=0.0)
    encode = video.published
    if encode is None:
        return Film(length=video.duration, source=str(video.file.name), credits=part.credits_start)
    since = encode.watchable_at or encode.finished_at or encode.created_at
    length = encode.seconds_total or video.duration
    return Film(length=length, source=encode.source_name, since=since, credits=part.credits_start)


def is_enough(spans: Spans, film: Film) -> bool:
    """Whether what was played makes the part done. A film of no length is never done."""
    return film.counted > 0 and total(clip(spans, film.counted)) >= ENOUGH * film.counted
