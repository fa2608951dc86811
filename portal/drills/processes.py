"""Real Celery workers of a drill, and how they and their children are killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from portal.drills.proc import children_of

QUEUES = ("mail-now", "mail-bulk", "periodic", "events")
WORKER, CHILD, ENCODER = "whole worker", "pool process", "ffmpeg"


@dataclass
class Worker:
    """One `celery worker`, in a session of its own. `soft` is what SIGTERM begins, as in the transcode worker."""

    name: str
    queues: tuple[str, ...]
    logs: Path
    pool: int = 1
    soft: bool = True
    starts: int = 0
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        self.starts += 1
        celery = [sys.executable, "-m", "celery", "--app", "portal", "worker", "--loglevel", "WARNING"]
        quiet = ["--without-mingle", "--without-gossip", "--without-heartbeat"]
        name = ["-Q", ",".join(self.queues), "-c", str(self.pool), "-n", f"{self.name}-{self.starts}@drill"]
        with (self.logs / f"{self.name}.log").open("ab") as log:
            self.process = subprocess.Popen(
                [*celery, *quiet, *name],
                cwd=settings.BASE_DIR,
                env=os.environ | {"REMAP_SIGTERM": "SIGQUIT" if self.soft else ""},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def children(self) -> list[int]:
        return children_of(self.process.pid) if self.process and self.alive else []

    def encoders(self) -> list[int]:
        return [pid for child in self.children() for pid in children_of(child)]

    def kill(self) -> None:
        """The whole worker at once, as when a machine is lost."""
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@dataclass
class Killer:
    """Kills at random: a whole worker, its pool process, or the ffmpeg below that."""

    chance: random.Random
    kills: dict[str, int] = field(default_factory=lambda: {WORKER: 0, CHILD: 0, ENCODER: 0})

    def strike(self, worker: Worker) -> str:
        """Kill something of the worker's and return what; empty when there was nothing to kill."""
        pool = worker.children()
        encoders = worker.encoders()
        targets = {
            WORKER: [worker.process.pid] if worker.process and worker.alive else [],
            CHILD: pool,
            ENCODER: encoders,
        }
        what = self.chance.choices([WORKER, CHILD, ENCODER], weights=[4, 4, 2])[0]
        if not targets[what]:
            return ""
        if what == WORKER:
            worker.kill()
        else:
            with suppress(ProcessLookupError):
                os.kill(self.chance.choice(targets[what]), signal.SIGKILL)
        self.kills[what] += 1
        return what
