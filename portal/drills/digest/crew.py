"""The senders of a drill: killed at random, or stopped in good order, while they send."""

from __future__ import annotations

import os
import random
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

from portal.drills.processes import Worker

WHOLE, CHILD = "whole worker", "pool process"
QUEUE = ("mail-bulk",)


class Crew:
    def __init__(self, chance: random.Random, logs: Path, *, workers: int, pool: int) -> None:
        self.chance, self.pool = chance, pool
        self.workers = [Worker(f"senders-{n}", QUEUE, logs, pool=pool, soft=False) for n in range(workers)]
        self.kills = {WHOLE: 0, CHILD: 0}
        #: Processes that may have been sending when they were killed.
        self.killed = 0
        self.stops = 0

    def start(self) -> None:
        for worker in self.workers:
            if not worker.alive:
                worker.start()

    def kill(self) -> str:
        """Kill a worker with its pool, or one process of a pool; return which, empty when nobody was there."""
        manned = [worker for worker in self.workers if worker.children()]
        if not manned:
            return ""
        worker, what = self.chance.choice(manned), self.chance.choice([WHOLE, CHILD])
        if what == WHOLE:
            self.killed += len(worker.children())
            worker.kill()
        else:
            with suppress(ProcessLookupError):
                os.kill(self.chance.choice(worker.children()), signal.SIGKILL)
            self.killed += 1
        self.kills[what] += 1
        return what

    def stop(self, *, within: float) -> bool:
        """Send SIGTERM to a worker, as a deploy does, and wait; return whether there was one."""
        manned = [worker for worker in self.workers if worker.children()]
        if not manned:
            return False
        process = self.chance.choice(manned).process
        assert process  # noqa: S101 - narrows the type
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(within)
        self.stops += 1
        return True

    def end(self) -> None:
        for worker in self.workers:
            worker.kill()
