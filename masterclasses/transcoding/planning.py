"""Cutting an encode into pieces, and their order in the queue. Pure arithmetic.

Pieces of pictures begin where a segment begins, on the grid of the constant frame rate, so that what is encoded apart
joins without a seam. Of the boundaries near the ideal one that is taken before which the least has to be decoded in
vain, which is the one just after a key frame of the source.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from math import ceil

from masterclasses.transcoding.ladder import Plan, Rung

LONGEST = 60.0  # seconds that a piece of pictures is meant to have at most
WORTH_SHARING = 16.0  # seconds; what is shorter is one piece
#: Segments that a boundary may move in order to meet a key frame.
PLAY = 2
#: Seconds of the source that may be decoded in vain for one boundary.
VAIN = 60.0
#: Seconds in the queue that a video lets others pass, for each second of its length and each wave.
YIELDS = 2.0
#: Millions of pixels that weigh as much as …
DECODED_PIXEL = 0.15
SECOND_OF_SOUND = 3.0
SECOND_OF_STILLS = 1.0
AV1_PIXEL = 3.0

VIDEO, SOUND, STILLS = "video", "sound", "stills"
FIRST, REST = 1, 2


@dataclass(frozen=True)
class Chunk:
    """A stretch of pictures, counted on the grid of the plan's frame rate."""

    first: int
    frames: int


@dataclass(frozen=True)
class PieceOfWork:
    """What becomes a row; `cost` in millions of pixels, or what weighs as much."""

    role: str
    wave: int = FIRST
    number: int = 0
    start: float = 0.0
    seconds: float = 0.0
    cost: float = 0.0
    rungs: list[str] = field(default_factory=list)


def pieces_for(plan: Plan, chunks: Sequence[Chunk], *, source_pixels: int) -> list[PieceOfWork]:
    """All pieces of an encode, in the order in which they are best done."""
    pieces = [PieceOfWork(STILLS, seconds=plan.seconds, cost=plan.seconds * SECOND_OF_STILLS)]
    if plan.audio_channels:
        pieces.insert(0, PieceOfWork(SOUND, seconds=plan.seconds, cost=plan.seconds * SECOND_OF_SOUND))
    for wave, rungs in ((FIRST, plan.rungs[:1]), (REST, plan.rungs[1:])):
        pieces += [
            PieceOfWork(
                VIDEO,
                wave,
                number,
                start=plan.at(chunk.first),
                seconds=plan.at(chunk.frames),
                cost=cost_of(chunk.frames, rungs, source_pixels),
                rungs=[rung.name for rung in rungs],
            )
            for number, chunk in enumerate(chunks)
            if rungs
        ]
    return pieces


def wave_of(plan: Plan, name: str) -> int:
    """The wave in which a rung is encoded: the smallest first."""
    return FIRST if plan.rungs[0].name == name else REST


def chunk_of(plan: Plan, start: float, seconds: float) -> Chunk:
    """The stretch of pictures that a piece's seconds stand for."""
    return Chunk(round(start * plan.fps), round(seconds * plan.fps))


def cut(plan: Plan, keys: Sequence[float], *, seekable: bool) -> list[Chunk]:
    """Chunks of about a minute at most; two where a source is worth sharing; one where it cannot be entered midway.

    `keys` are the seconds of the source's key frames, in order.
    """
    last = ceil(plan.frames / plan.group)
    seconds = plan.at(plan.frames)
    number = max(2, ceil(seconds / LONGEST)) if seekable and seconds >= WORTH_SHARING else 1
    starts = [0]
    for index in range(1, number):
        ideal = round(index * last / number)
        nearby = range(max(ideal - PLAY, starts[-1] + 1), min(ideal + PLAY, last - 1) + 1)
        best = min(nearby, key=lambda at: (in_vain(plan, at, keys), abs(at - ideal)), default=None)
        if best is not None and in_vain(plan, best, keys) <= VAIN:
            starts.append(best)
    bounds = [at * plan.group for at in starts] + [plan.frames]
    return [Chunk(first, after - first) for first, after in pairwise(bounds)]


def in_vain(plan: Plan, segment: int, keys: Sequence[float]) -> float:
    """Seconds that must be decoded before the first picture of `segment` comes."""
    at = plan.at(segment * plan.group)
    before = bisect_right(keys, at)
    return at - (keys[before - 1] if before else 0.0)


def cost_of(frames: int, rungs: Sequence[Rung], source_pixels: int) -> float:
    encoded = sum(rung.pixels * (AV1_PIXEL if rung.codec == "av1" else 1) for rung in rungs)
    return frames * (encoded + source_pixels * DECODED_PIXEL) / 1e6


def rank_of(arrived: datetime, seconds: float, wave: int) -> datetime:
    """The place in the queue, the earliest first.

    A short video passes a longer one that came before it, but only within a time that grows with the other's length:
    what came later than that stays behind, so that nobody waits for ever.
    """
    return arrived + timedelta(seconds=seconds * YIELDS * wave)
