"""Viewers in a process of their own: `python -m tests.bench.beats PORT PATH SECONDS PACE` with their seats on stdin.

Each sends one beat a request over a connection that stays, at `PACE` beats per second altogether, or as fast as it is
answered if that is 0. Prints JSON: beats, seconds, and the latencies' median and p95 in ms.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from http.client import HTTPConnection
from statistics import quantiles
from time import perf_counter
from typing import Any

#: Sessions began so many seconds ago, so that there was time for everything that is sent.
AGO = 29 * 24 * 3600
BEAT, LENGTH = 10, 600
Seat = tuple[dict[str, str], str]


def run(port: int, path: str, seats: list[Seat], *, seconds: float, pace: float = 0) -> dict[str, Any]:
    """Measure from another process; raises RuntimeError when an answer was not 200."""
    command = [sys.executable, "-m", "tests.bench.beats", str(port), path, str(seconds), str(pace)]
    done = subprocess.run(command, input=json.dumps(seats), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    return dict(json.loads(done.stdout))


class Viewer(threading.Thread):
    def __init__(self, port: int, path: str, seat: Seat, *, until: float, every: float, first: float) -> None:
        super().__init__()
        self.link = HTTPConnection("127.0.0.1", port, timeout=30)
        self.path, self.until, self.every, self.first = path, until, every, first
        self.headers, self.session = seat
        self.offset = time.time_ns() // 1_000_000 % 2**30
        self.milliseconds: list[float] = []
        self.failure = ""

    def run(self) -> None:
        try:
            due = self.first
            while max(perf_counter(), due) < self.until:
                time.sleep(max(0.0, due - perf_counter()))
                self.send(len(self.milliseconds))
                due = due + self.every if self.every else 0
        except (OSError, RuntimeError) as error:
            self.failure = str(error)

    def send(self, number: int) -> None:
        place = number * BEAT % LENGTH
        at = (time.time() - AGO + (number + 1) * BEAT) * 1000
        beat = {"sequence": self.offset + number, "from": place, "to": place + BEAT, "rate": 1, "at": at}
        position = {"seconds": place + BEAT, "at": time.time() * 1000}
        body = json.dumps({"session": self.session, "beats": [beat], "position": position})
        started = perf_counter()
        self.link.request("POST", self.path, body, self.headers)
        answer = self.link.getresponse()
        said = answer.read()
        self.milliseconds.append((perf_counter() - started) * 1000)
        if answer.status != 200:
            raise RuntimeError(f"{answer.status}: {said[:200]!r}")


def main() -> None:
    port, path, seconds, pace = int(sys.argv[1]), sys.argv[2], float(sys.argv[3]), float(sys.argv[4])
    seats = json.load(sys.stdin)
    started, every = perf_counter(), len(seats) / pace if pace else 0
    viewers = [
        Viewer(port, path, seat, until=started + seconds, every=every, first=started + every * place / len(seats))
        for place, seat in enumerate(seats)
    ]
    for viewer in viewers:
        viewer.start()
    for viewer in viewers:
        viewer.join()
    failures = [viewer.failure for viewer in viewers if viewer.failure]
    if failures:
        raise SystemExit(failures[0])
    times = [one for viewer in viewers for one in viewer.milliseconds]
    cuts = quantiles(times, n=20)
    spent = perf_counter() - started
    json.dump({"beats": len(times), "seconds": spent, "median": cuts[9], "p95": cuts[18]}, sys.stdout)


if __name__ == "__main__":
    main()
