"""The drill of the digests: send, kill, settle by the log, stop in good order, and compare with the mail server."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings

from digests.delivery import reconcile
from digests.delivery.accounting import account_of
from digests.delivery.ledger import wake_senders
from digests.delivery.materialise import materialise
from digests.models import Delivery
from jobs.sweeper import sweep
from portal.drills.digest import checks
from portal.drills.digest.crew import Crew
from portal.drills.digest.people import subscribe, write_an_article
from portal.drills.digest.scripts import address, draw
from portal.drills.digest.sink import BUSY, Sink
from portal.drills.result import Result, Say

SWEEP_EVERY = 2.0  # seconds


@dataclass(frozen=True)
class Options:
    recipients: int = 2000
    kills: int = 30
    terms: int = 20
    workers: int = 2
    pool: int = 2
    seed: int = 0
    #: Seconds that each part may take without any digest being sent.
    patience: float = 300


@dataclass
class Sent(Result):
    ledger: dict[str, int] = field(default_factory=dict)
    settled: dict[str, int] = field(default_factory=dict)
    stopped: dict[str, int] = field(default_factory=dict)
    sink: dict[str, int] = field(default_factory=dict)
    kills: dict[str, int] = field(default_factory=dict)
    killed: int = 0
    stops: int = 0

    def words(self) -> list[str]:
        sink, stopped = self.sink, self.stopped
        return [
            f"Ledger after {sum(self.kills.values())} kills: {account(self.ledger)}.",
            f"Mail server: {sink['people']} people, {sink['copies']} copies, at most {sink['most']} to one.",
            f"Settled by its log: {account(self.settled)}.",
            f"{self.stops} stops: {stopped['people']} people, {stopped['copies']} copies.",
        ]


def account(counts: dict[str, int]) -> str:
    return ", ".join(f"{number} {name}" for name, number in counts.items() if number)


class Drill:
    """Works on the database and the folders that its environment names, which must be scratch ones."""

    def __init__(self, options: Options, folder: Path, sink: Sink, say: Say) -> None:
        self.options, self.sink, self.say = options, sink, say
        chance = random.Random(options.seed)  # noqa: S311 - repeatable, not secret
        self.crew = Crew(chance, folder / "work", workers=options.workers, pool=options.pool)
        self.result = Sent(options.seed)
        self.scripted = draw(chance, options.recipients)
        self.plain = [address("ok", options.recipients + n) for n in range(options.recipients)]
        self.swept = 0.0

    def run(self) -> Sent:
        began = time.monotonic()
        write_an_article()
        try:
            self.kill_while_sending()
            self.settle()
            self.stop_while_sending()
        finally:
            self.crew.end()
        self.result.seconds = round(time.monotonic() - began, 1)
        return self.result

    def kill_while_sending(self) -> None:
        wanted = self.options.kills
        self.begin(self.scripted)
        self.strike(wanted, lambda: bool(self.crew.kill()), "kill")
        self.result.kills, self.result.killed = self.crew.kills, self.crew.killed
        kills = sum(self.crew.kills.values())
        self.result.checks += checks.after_kills(
            self.scripted, self.sink, killed=self.crew.killed, kills=kills, wanted=wanted
        )
        self.result.ledger = account_of().by_outcome
        self.result.sink = self.took(self.scripted)

    def settle(self) -> None:
        reconcile.settle(reconcile.compare(self.sink.log()))
        self.let_it_finish()
        self.result.checks += checks.after_the_log(self.scripted, self.sink)
        self.result.settled = account_of().by_outcome

    def stop_while_sending(self) -> None:
        self.sink.thinks = BUSY
        self.begin(self.plain)
        self.strike(self.options.terms, lambda: self.crew.stop(within=60), "stop")
        self.result.stops = self.crew.stops
        self.result.checks += checks.after_stops(
            self.plain, self.sink, stops=self.crew.stops, wanted=self.options.terms
        )
        self.result.stopped = self.took(self.plain)

    def begin(self, addresses: list[str]) -> None:
        subscribe(addresses)
        materialise()
        self.crew.start()

    def strike(self, times: int, blow: Callable[[], bool], name: str) -> None:
        """Strike, evenly over what there is to send, then let the rest be sent."""
        whole = max(self.left(), 1)
        for number in range(1, times + 1):
            goal = whole * (1 - number / (times + 1))
            if not self.wait_until(partial(self.has_at_most, goal)):
                return
            self.wait_until(lambda: bool(Delivery.objects.running().exists() and blow()) or not self.left())
            self.say(f"{name} {number} of {times}; {self.left()} are left")
            self.crew.start()
        self.let_it_finish()

    def let_it_finish(self) -> None:
        self.wait_until(lambda: not self.left())

    def has_at_most(self, goal: float) -> bool:
        return self.left() <= goal

    def left(self) -> int:
        return Delivery.objects.open().count()

    def wait_until(self, holds: Callable[[], bool]) -> bool:
        """Sweep until it holds; False when nothing has moved for too long."""
        until, left = time.monotonic() + self.options.patience, self.left()
        while not holds():
            if (now_left := self.left()) != left:
                until, left = time.monotonic() + self.options.patience, now_left
            if time.monotonic() > until:
                return False
            if time.monotonic() - self.swept > SWEEP_EVERY:
                self.crew.start()
                sweep()
                wake_senders(left)
                self.swept = time.monotonic()
            time.sleep(0.05)
        return True

    def took(self, addresses: list[str]) -> dict[str, int]:
        copies = [self.sink.copies[address] for address in addresses]
        return {"people": sum(map(bool, copies)), "copies": sum(copies), "most": max(copies, default=0)}


def main(arguments: dict[str, Any], say: Say) -> Sent:
    sink = Sink(silence=settings.EMAIL_TIMEOUT * 2)
    os.environ["DRILL_SMTP_PORT"] = str(sink.port)
    sink.start()
    try:
        return Drill(Options(**arguments), Path(os.environ["TMPDIR"]).parent, sink, say).run()
    finally:
        sink.stop()
