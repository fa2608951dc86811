"""When a video can be watched and when all of it is done, by what this installation's own encodes have taken.

Pure arithmetic: `masterclasses.status.backlog` reads the rows. The queue is played through: the next piece goes to the
worker that is free first. No history means no forecast.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil, isfinite
from statistics import median

#: Nothing is done at once: a piece that is nearly over still takes this many seconds.
LEAST_SECONDS = 1.0
#: Fewer than this many comparisons say nothing about how good forecasts are.
FEWEST = 3
#: What is foretold further ahead than this is no forecast.
FURTHEST = timedelta(days=30)


@dataclass(frozen=True)
class Past:
    """A piece that was finished: its cost and the seconds of wall time that it took."""

    role: str
    cost: float
    began: datetime
    ended: datetime

    @property
    def seconds(self) -> float:
        return (self.ended - self.began).total_seconds()


@dataclass(frozen=True)
class Ahead:
    """A piece that is still to be done: `cost` is what is left, `not_before` when one that failed is tried again."""

    transcode: int
    role: str
    wave: int
    cost: float
    running: bool = False
    not_before: datetime | None = None


@dataclass(frozen=True)
class History:
    """`speed` is cost per second of one worker, by role; `publishing` the seconds from the last piece to the public."""

    speed: Mapping[str, float] = field(default_factory=dict)
    workers: int = 1
    publishing: float = 0.0

    @classmethod
    def of(cls, pasts: Sequence[Past], publishing: Sequence[float] = ()) -> History:
        cost: dict[str, float] = defaultdict(float)
        seconds: dict[str, float] = defaultdict(float)
        for past in pasts:
            if past.cost > 0 and past.seconds > 0:
                cost[past.role] += past.cost
                seconds[past.role] += past.seconds
        speed = {role: cost[role] / seconds[role] for role in cost}
        usual = [value for value in publishing if value >= 0]
        return cls({r: s for r, s in speed.items() if isfinite(s) and s > 0}, at_once(pasts), median(usual or [0.0]))


@dataclass(frozen=True)
class Forecast:
    watchable_at: datetime
    done_at: datetime


def at_once(pasts: Iterable[Past]) -> int:
    """How many workers there were: the most pieces that were under way at the same moment; at least 1."""
    changes = sorted((moment, change) for past in pasts for moment, change in ((past.began, 1), (past.ended, -1)))
    now = most = 0
    for _moment, change in changes:
        now += change
        most = max(most, now)
    return max(most, 1)


def foretell(queue: Sequence[Ahead], history: History, now: datetime) -> dict[int, Forecast]:
    """The forecast of every encode with pieces in `queue`, which is in the order in which workers take them.

    An encode whose pieces are of a kind that was never finished here has none.
    """
    running = [piece for piece in queue if piece.running]
    waiting = [piece for piece in queue if not piece.running]
    unknown = {piece.transcode for piece in queue if piece.role not in history.speed}
    free = [now] * max(history.workers, len(running), 1)
    heapq.heapify(free)
    ends: dict[int, dict[int, datetime]] = defaultdict(dict)
    for piece in (*running, *waiting):
        begins = heapq.heappop(free)
        if piece.not_before and piece.not_before > begins:
            begins = piece.not_before
        ended = begins + seconds_for(piece, history)
        heapq.heappush(free, ended)
        waves = ends[piece.transcode]
        waves[piece.wave] = max(waves.get(piece.wave, ended), ended)
    return {
        pk: _forecast(waves, history, now)
        for pk, waves in ends.items()
        if pk not in unknown and max(waves.values()) - now <= FURTHEST
    }


def seconds_for(piece: Ahead, history: History) -> timedelta:
    speed = history.speed.get(piece.role) or max(history.speed.values(), default=1.0)
    seconds = max(piece.cost / speed, LEAST_SECONDS)
    return timedelta(seconds=min(seconds, 2 * FURTHEST.total_seconds()))


def _forecast(waves: Mapping[int, datetime], history: History, now: datetime) -> Forecast:
    """The first wave makes it watchable; without pieces of that wave it is so, or about to be."""
    publishing = timedelta(seconds=history.publishing)
    last = max(waves.values()) + publishing
    return Forecast(min(waves.get(1, now) + publishing, last), last)


@dataclass(frozen=True)
class Accuracy:
    """How far past forecasts were off, as shares of the time that they spoke of."""

    count: int
    median: float
    p90: float

    @classmethod
    def of(cls, comparisons: Iterable[tuple[datetime, datetime, datetime]]) -> Accuracy | None:
        """From (foretold at, foretold for, came true); None when there are too few to say anything."""
        errors = sorted(
            abs((came - expected).total_seconds()) / max((came - told).total_seconds(), LEAST_SECONDS)
            for told, expected, came in comparisons
        )
        if len(errors) < FEWEST:
            return None
        return cls(len(errors), median(errors), errors[ceil(0.9 * len(errors)) - 1])

    @property
    def median_percent(self) -> int:
        return round(100 * self.median)

    @property
    def p90_percent(self) -> int:
        return round(100 * self.p90)
