"""The drill of the video pipeline: encode, kill, sweep, and look whether every promise was kept."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files import File
from django.utils import timezone

from jobs.models import Mail
from jobs.sweeper import sweep
from masterclasses.actions import add_video
from masterclasses.models import Piece, Transcode, Video
from masterclasses.status.report import with_newest
from masterclasses.transcoding.tidying import GRACE, tidy
from portal.drills.checks import all_checks
from portal.drills.films import make_films
from portal.drills.processes import QUEUES, Killer, Worker
from portal.drills.result import Result, Say

#: Seconds. Much more often would fill the broker with wake-ups.
SWEEP_EVERY = 3.0
AT_WORK = 3  # videos that are kept in the queue as long as there is something to kill
BETWEEN_KILLS = (0.3, 3.0)  # seconds
ENCODING_SHARE = 0.8


@dataclass(frozen=True)
class Options:
    kills: int = 30
    videos: int = 6
    workers: int = 2
    seed: int = 0
    #: Seconds that everything may take after the last kill.
    patience: float = 600


@dataclass
class Encoded(Result):
    videos: int = 0
    ready: int = 0
    failed: int = 0
    kills: dict[str, int] = field(default_factory=dict)
    redone: int = 0

    def words(self) -> list[str]:
        kills = ", ".join(f"{number} × {what}" for what, number in self.kills.items())
        return [
            f"{self.videos} videos: {self.ready} ready, {self.failed} failed with a reason.",
            f"{sum(self.kills.values())} kills: {kills}. {self.redone} pieces were done again.",
        ]


class Drill:
    """Works on the database and the folders that its environment names, which must be scratch ones."""

    def __init__(self, options: Options, folder: Path, say: Say) -> None:
        self.options, self.folder, self.say = options, folder, say
        self.chance = random.Random(options.seed)  # noqa: S311 - repeatable, not secret
        self.killer = Killer(self.chance)
        self.crew = [Worker(f"video-{n}", ("transcode",), folder / "work") for n in range(options.workers)]
        self.swept = 0.0
        self.post = Worker("post", QUEUES, folder / "work")

    def run(self) -> Encoded:
        began = time.monotonic()
        self.person = get_user_model().objects.create_user(email="drill@localhost.localdomain")
        self.films: Iterator[Path] = cycle(make_films(self.folder / "work"))
        try:
            for worker in (*self.crew, self.post):
                worker.start()
            self.encode_and_kill()
            self.let_it_finish()
        finally:
            for worker in (*self.crew, self.post):
                worker.kill()
        return self.result(time.monotonic() - began)

    def encode_and_kill(self) -> None:
        for _number in range(self.options.videos):
            self.add()
        done = 0
        while done < self.options.kills and self.wait_for_work():
            self.sweep_for(self.chance.uniform(*BETWEEN_KILLS))
            target = self.target()
            what = self.killer.strike(target) if target else ""
            if what:
                done += 1
                self.say(f"kill {done} of {self.options.kills}: {what}")
            self.restart_the_dead()
            while Transcode.objects.open().count() < AT_WORK and done < self.options.kills:
                self.add()

    def add(self) -> None:
        film = next(self.films)
        with film.open("rb") as stream:
            number = Video.objects.count() + 1
            add_video(title=f"Drill {number}", file=File(stream, name=film.name), user=self.person)

    def target(self) -> Worker | None:
        """A worker that encodes; now and then one that does something else, such as planning or publishing."""
        encoding = [worker for worker in self.crew if worker.encoders()]
        others = [worker for worker in self.crew if worker.children()]
        if encoding and self.chance.random() < ENCODING_SHARE:
            return self.chance.choice(encoding)
        return self.chance.choice(others) if others and self.something_runs() else None

    def something_runs(self) -> bool:
        return bool(Transcode.objects.running().exists() or Piece.objects.running().exists())

    def wait_for_work(self) -> bool:
        """Until something runs; False when nothing has run for too long."""
        until = time.monotonic() + self.options.patience
        while time.monotonic() < until:
            if self.something_runs():
                return True
            self.restart_the_dead()
            self.sweep_for(0.2)
        return False

    def let_it_finish(self) -> None:
        until = time.monotonic() + self.options.patience
        while time.monotonic() < until and (self.work_is_left() or self.mail_is_left()):
            self.restart_the_dead()
            self.sweep_for(0.5)

    def work_is_left(self) -> bool:
        return Transcode.objects.open().exists() or Piece.objects.open().exists()

    def mail_is_left(self) -> bool:
        return bool(Mail.objects.open().exists())

    def restart_the_dead(self) -> None:
        for worker in (*self.crew, self.post):
            if not worker.alive:
                worker.start()

    def sweep_for(self, seconds: float) -> None:
        """What the schedule does, as often as a drill needs it, for so many seconds."""
        until = time.monotonic() + seconds
        while True:
            if time.monotonic() - self.swept > SWEEP_EVERY:
                sweep()
                self.swept = time.monotonic()
            left = until - time.monotonic()
            if left <= 0:
                return
            time.sleep(min(left, 0.1))

    def result(self, seconds: float) -> Encoded:
        tidy(timezone.now() + 2 * GRACE)  # what watchers of an earlier publication may need is nobody's by then
        states = list(with_newest(Video.objects.all()).values_list("newest_status", flat=True))
        redone, kills = redone_pieces(), sum(self.killer.kills.values())
        return Encoded(
            seed=self.options.seed,
            seconds=round(seconds, 1),
            videos=len(states),
            ready=states.count("done"),
            failed=states.count("failed"),
            kills=dict(self.killer.kills),
            redone=redone,
            checks=all_checks(kills=kills, wanted=self.options.kills, redone=redone, folder=self.folder),
        )


def redone_pieces() -> int:
    """How often work was begun again: every claim of a piece but its first."""
    whole = Transcode.objects.filter(pieces=None).values_list("attempts", flat=True)
    return sum(max(attempts - 1, 0) for attempts in (*whole, *Piece.objects.values_list("attempts", flat=True)))


def main(arguments: dict[str, Any], say: Say) -> Encoded:
    folder = Path(os.environ["TMPDIR"]).parent
    return Drill(Options(**arguments), folder, say).run()
