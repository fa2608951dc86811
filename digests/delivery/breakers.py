"""Circuit breakers of a run: it is paused, and people are told, when too much of what it does goes wrong.

A sender counts in memory and writes every few messages; what went wrong, and each message while the run is a canary
(its first ones), at once.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import F, Value
from django.db.models.functions import Concat, Right
from django.utils.translation import gettext as _

from digests.delivery.runs import pause
from digests.models import Run

WELL, ERROR = ".", "x"
#: The first messages of a run. No verdict comes before them, and every sender writes each of them down.
CANARY = 50
WINDOW = 200
WRITE_EVERY = 25
MOST_ERRORS = 0.05
#: Of what was handed over; what mailbox providers begin to mind. So many at least, for a small run proves little.
MOST_HARD_BOUNCES, LEAST_HARD_BOUNCES = 0.02, 5
MOST_COMPLAINTS, LEAST_COMPLAINTS = 0.001, 2


@dataclass
class Count:
    marks: str = ""
    hard_bounces: int = 0


@dataclass
class Tally:
    """What one sender saw of each run since it last wrote it down."""

    _counts: dict[int, Count] = field(default_factory=lambda: defaultdict(Count))

    def add(self, run: Run, mark: str, *, hard_bounce: bool = False) -> None:
        count = self._counts[run.pk]
        count.marks += mark
        count.hard_bounces += hard_bounce
        run.handed_over += 1  # as this sender knows it; in the database it is written with all others'
        if mark == ERROR or hard_bounce or run.handed_over <= CANARY:
            self._write(run.pk)
            look_at(run.pk)
        elif len(count.marks) >= WRITE_EVERY:
            self._write(run.pk)  # nothing to look at: what went well brings no verdict

    def write(self) -> None:
        for pk in list(self._counts):
            self._write(pk)

    def _write(self, pk: int) -> None:
        count = self._counts.pop(pk)
        Run.objects.filter(pk=pk).update(
            handed_over=F("handed_over") + len(count.marks),
            hard_bounces=F("hard_bounces") + count.hard_bounces,
            recent=Right(Concat(F("recent"), Value(count.marks)), WINDOW),
        )


def look_at(pk: int) -> None:
    """Pause the run when a breaker says so."""
    run = Run.objects.get(pk=pk)
    if run.state == Run.State.GOING and (reason := verdict(run)):
        pause(run, reason=reason)


def verdict(run: Run) -> str:
    """Why the run must stop, in words; empty when it may go on."""
    errors, seen = run.recent.count(ERROR), len(run.recent)
    if seen >= CANARY and errors > MOST_ERRORS * seen:
        return _("%(errors)d of the last %(seen)d mails went wrong.") % {"errors": errors, "seen": seen}
    gone = run.handed_over
    if run.hard_bounces >= max(LEAST_HARD_BOUNCES, MOST_HARD_BOUNCES * gone):
        return _("%(number)d of %(all)d addresses do not exist.") % {"number": run.hard_bounces, "all": gone}
    if run.complaints >= max(LEAST_COMPLAINTS, MOST_COMPLAINTS * gone):
        return _("%(number)d of %(all)d people reported the digest as spam.") % {"number": run.complaints, "all": gone}
    return ""
