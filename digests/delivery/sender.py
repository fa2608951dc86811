"""What one process keeps while it sends."""

from __future__ import annotations

from dataclasses import dataclass, field

from digests.delivery.breakers import Tally
from digests.delivery.domains import Domains
from digests.delivery.line import Line
from digests.delivery.pacing import Pacer
from jobs.running import worker_is_stopping


@dataclass
class Sender:
    """Its line, its share of the pace, and what it has seen."""

    line: Line = field(default_factory=Line)
    pacer: Pacer = field(default_factory=Pacer)
    domains: Domains = field(default_factory=Domains)
    tally: Tally = field(default_factory=Tally)

    def __enter__(self) -> Sender:
        return self

    def __exit__(self, *_error: object) -> None:
        self.line.close()
        self.pacer.give_back()
        self.tally.write()

    @property
    def must_stop(self) -> bool:
        """Told to, or no use in going on: what is left waits for the sweeper's next wake-up."""
        return worker_is_stopping() or self.line.dead or self.pacer.exhausted
