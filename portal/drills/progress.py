"""The drill of watch coverage: many viewers tell what they have played to a web server that is killed meanwhile."""

from __future__ import annotations

import json
import os
import random
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from masterclasses.models import PartPage
from masterclasses.watching import sessions
from portal.drills.audience import Seat, make_part, make_seats
from portal.drills.result import Check, Result, Say
from portal.drills.truth import truth_checks
from portal.drills.viewers import AGO, Viewer, watch
from portal.drills.web import WebServer

CONNECTIONS = 24
PAUSE = 0.2  # seconds before a beat that was not answered is sent again


@dataclass(frozen=True)
class Options:
    viewers: int = 200
    restarts: int = 5
    seed: int = 0
    #: Seconds until every beat is answered.
    patience: float = 600


@dataclass
class Watched(Result):
    viewers: int = 0
    beats: int = 0
    requests: int = 0
    resent: int = 0
    restarts: int = 0

    def words(self) -> list[str]:
        return [
            f"{self.viewers} viewers on two devices each told of {self.beats} beats in {self.requests} requests.",
            f"Kills of the web server: {self.restarts}; requests that were sent again: {self.resent}.",
        ]


class Drill:
    """Works on the database that its environment names, which must be a scratch one."""

    def __init__(self, options: Options, folder: Path, say: Say) -> None:
        self.options, self.say = options, say
        self.chance = random.Random(options.seed)  # noqa: S311 - repeatable, not secret
        self.server = WebServer(folder / "work" / "web.log")
        self.result = Watched(seed=options.seed, viewers=options.viewers)
        self.counting = threading.Lock()
        self.answered, self.unanswered = 0, [""] * 0
        self.local = threading.local()

    def run(self) -> Watched:
        began = time.monotonic()
        self.part = make_part()
        seats = make_seats(self.options.viewers)
        viewers = [self.viewer(number, seat) for number, seat in enumerate(seats)]
        posts = [(seats[one.number], json.dumps(batch).encode()) for one in viewers for batch in one.batches]
        self.chance.shuffle(posts)
        self.result.requests = len(posts)
        self.result.beats = sum(len(batch["beats"]) for one in viewers for batch in one.batches)
        self.until = time.monotonic() + self.options.patience
        try:
            self.server.start()
            with ThreadPoolExecutor(CONNECTIONS) as pool:
                sent = [pool.submit(self.send_until_answered, *post) for post in posts]
                self.kill_now_and_then(len(posts))
                for future in sent:
                    future.result()
        finally:
            self.server.kill()
        self.result.seconds = round(time.monotonic() - began, 1)
        self.result.checks = list(self.checks(seats, viewers))
        return self.result

    def viewer(self, number: int, seat: Seat) -> Viewer:
        began = time.time() - AGO
        tokens = [sessions.begin(person=seat.person, part=self.part.pk, now=began) for _device in range(2)]
        made = Viewer(number, tokens)
        watch(made, self.chance, began=began)
        return made

    def kill_now_and_then(self, posts: int) -> None:
        """Kill and start the server again each time another share of all requests is answered."""
        for turn in range(1, self.options.restarts + 1):
            share = posts * turn // (self.options.restarts + 1)
            while self.answered < share and time.monotonic() < self.until:
                time.sleep(0.01)
            self.server.kill()
            self.result.restarts += 1
            self.say(f"kill {turn} of {self.options.restarts}, with {self.answered} of {posts} requests answered")
            self.server.start()

    def send_until_answered(self, seat: Seat, body: bytes) -> None:
        """As a player does: again and again, until the server has said something about it."""
        while time.monotonic() < self.until:
            status, said = self.send(seat, body)
            if status == 200:
                break
            with self.counting:
                self.result.resent += 1
            if status and status < 500:
                self.unanswered.append(f"{status}: {said[:200]}")
                return
            time.sleep(PAUSE)
        else:
            self.unanswered.append("no answer in time")
            return
        with self.counting:
            self.answered += 1

    def send(self, seat: Seat, body: bytes) -> tuple[int, str]:
        """Return the status and the answer; 0 when there was none."""
        try:
            link = getattr(self.local, "link", None) or HTTPConnection("127.0.0.1", self.server.port, timeout=30)
            self.local.link = link
            link.request("POST", f"/watch/beats/{self.part.pk}/", body, seat.headers)
            answer = link.getresponse()
            return answer.status, answer.read().decode("utf-8", "replace")
        except (OSError, HTTPException):
            self.local.link = None
            return 0, ""

    def checks(self, seats: list[Seat], viewers: list[Viewer]) -> Iterator[Check]:
        wanted, done = self.options.restarts, self.result.restarts
        yield Check(f"{wanted} restarts", [] if done >= wanted else [f"only {done}"])
        yield Check("every request is answered with 200", self.unanswered[:10])
        part = PartPage.objects.select_related("video__published").get(pk=self.part.pk)
        yield from truth_checks(part, [(seat.person, viewer) for seat, viewer in zip(seats, viewers, strict=True)])


def main(arguments: dict[str, Any], say: Say) -> Watched:
    folder = Path(os.environ["TMPDIR"]).parent
    return Drill(Options(**arguments), folder, say).run()
