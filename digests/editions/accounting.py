"""What became of an edition: every mail of it by state and reason, how far it is, and when it will be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from digests.models import Delivery, Edition

Outcome = Delivery.Outcome
#: The pace is that of the last minutes.
PACE_OVER = timedelta(minutes=10)
MOST_REASONS = 12


@dataclass(frozen=True)
class Line:
    outcome: str
    label: str
    reason: str
    number: int


@dataclass(frozen=True)
class Progress:
    """`due` mails had their hour, of which `open` are still on their way; `done_at` is by the pace of late, if any."""

    due: int
    open: int
    last_due_at: datetime | None
    done_at: datetime | None

    @property
    def ended(self) -> int:
        return self.due - self.open

    @property
    def percent(self) -> int:
        return self.ended * 100 // self.due if self.due else 0


def lines_of(edition: Edition) -> list[Line]:
    """Numbers by state and reason, the largest of each state first. One query."""
    rows = Delivery.objects.filter(period_key=edition.period_key).order_by()
    counted = rows.values_list("outcome", "skip", "reason").annotate(number=Count("pk")).order_by("-number")
    totals: dict[tuple[str, str], int] = {}
    for outcome, skip, reason, number in counted:
        told = str(Delivery.Skip(skip).label) if skip else reason
        key = (outcome, "" if outcome in {Outcome.SENT, Outcome.OPEN} else told)
        totals[key] = totals.get(key, 0) + number
    order = list(Outcome.values)
    lines = [Line(outcome, str(Outcome(outcome).label), reason, n) for (outcome, reason), n in totals.items()]
    return sorted(lines, key=lambda line: (order.index(line.outcome), -line.number))


def totals_of(lines: list[Line]) -> list[tuple[str, str, int]]:
    """State, its label, and how many: every state, so that a zero is seen too."""
    return [
        (outcome.value, str(outcome.label), sum(line.number for line in lines if line.outcome == outcome))
        for outcome in Outcome
    ]


def progress_of(edition: Edition, *, now: datetime | None = None) -> Progress:
    """How far the mails that are due have come. One query."""
    now = now or timezone.now()
    told = Delivery.objects.filter(period_key=edition.period_key).aggregate(
        due=Count("pk"),
        open=Count("pk", filter=Q(outcome=Outcome.OPEN)),
        lately=Count("pk", filter=Q(finished_at__gt=now - PACE_OVER)),
        began=Min("started_at", filter=Q(finished_at__gt=now - PACE_OVER)),
        last=Max("due_at"),
    )
    done_at = None
    if told["open"] and told["lately"] and told["began"]:
        span = min(now - told["began"], PACE_OVER)
        done_at = now + span * told["open"] / told["lately"]
    return Progress(told["due"], told["open"], told["last"], done_at)
