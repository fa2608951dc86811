"""People who watch, made up by lot: what they really play, and what their players send of it, in any order, twice."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

#: Seconds. Films are as long as this, and everybody began to watch so long ago.
LENGTH, AGO = 600, 7200
EVERY = 10
RATES = (0.5, 0.75, 1, 1.25, 1.5, 2)
TWICE = 0.3  # the share of beats that are sent once more
LIES = 0.05  # of batches that have a beat among them which cannot be true
BATCH = 4
WHOLE = 0.2  # of devices, on which the film is also watched to nearly its end


@dataclass
class Viewer:
    """`painted` is the truth: the tenths of a second that were played. `batches` is what the players send."""

    number: int
    sessions: Sequence[str]
    painted: set[int] = field(default_factory=set)
    batches: list[dict[str, Any]] = field(default_factory=list)
    sent: set[tuple[str, int]] = field(default_factory=set)

    @property
    def seconds(self) -> float:
        return len(self.painted) / 10


def watch(viewer: Viewer, chance: random.Random, *, began: float) -> None:
    """Let somebody watch on each of their devices, with jumps, pauses and sleep, from `began` (s since 1970) on."""
    beats = [(session, beat) for session in viewer.sessions for beat in _device(viewer, chance, began)]
    viewer.sent = {(session, beat["sequence"]) for session, beat in beats}
    beats += [each for each in beats if chance.random() < TWICE]
    chance.shuffle(beats)
    for session in viewer.sessions:
        own = [beat for of, beat in beats if of == session]
        for place in range(0, len(own), BATCH):
            batch = own[place : place + BATCH]
            if chance.random() < LIES:
                batch = [*batch, _lie(began)]
            viewer.batches.append({"session": session, "beats": batch})


def _device(viewer: Viewer, chance: random.Random, began: float) -> Iterator[dict[str, Any]]:
    """One player: stretches of the film, each told in beats of some ten seconds."""
    now, sequence = began, 0
    stretches = [(place := chance.randrange(LENGTH - 20), place + chance.randint(5, 200)) for _n in range(3)]
    if chance.random() < WHOLE:
        stretches.append((0, LENGTH - chance.choice((10, 55, 65, 120))))
    for place, end_of_stretch in stretches:
        now += chance.choice((0, 2, 30, 600))  # a jump, a pause, sleep
        until, rate = min(end_of_stretch, LENGTH), chance.choice(RATES)
        while place < until:
            end = min(place + EVERY, until)
            now += (end - place) / rate
            viewer.painted.update(range(place * 10, end * 10))
            yield {"sequence": sequence, "from": place, "to": end, "rate": rate, "at": now * 1000}
            place, sequence = end, sequence + 1


def _lie(began: float) -> dict[str, Any]:
    """The whole film, before there was time for it."""
    return {"sequence": 10**6, "from": 0, "to": LENGTH, "rate": 2, "at": (began + 1) * 1000}
