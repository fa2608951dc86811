"""What became of everybody who was due: candidates = sent + failed + skipped + missed + unknown + open, always."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Case, Count, F, Q, Value, When
from django.db.models.functions import StrIndex, Substr
from django.utils.translation import gettext as _

from digests.models import Delivery, Run

Outcome, Skip, Receipt = Delivery.Outcome, Delivery.Skip, Delivery.Receipt
#: What `jobs.smtp_answers` puts before the server's own words, which differ from mail to mail.
QUOTE = ". It said:"


@dataclass(frozen=True)
class Line:
    """So many ended so, for this reason; the reason is empty where the outcome says it all."""

    outcome: str
    reason: str
    number: int

    @property
    def label(self) -> str:
        return str(Outcome(self.outcome).label)


@dataclass(frozen=True)
class Account:
    """`candidates` is counted by itself, so that the equation can be checked and not only claimed."""

    candidates: int
    lines: tuple[Line, ...]
    receipts: dict[str, int]

    def number_of(self, outcome: str) -> int:
        return sum(line.number for line in self.lines if line.outcome == outcome)

    @property
    def by_outcome(self) -> dict[str, int]:
        """Every outcome, in its order, those without anybody too."""
        return {outcome: self.number_of(outcome) for outcome in Outcome.values}

    @property
    def adds_up(self) -> bool:
        return self.candidates == sum(self.by_outcome.values())

    @property
    def is_closed(self) -> bool:
        return self.number_of(Outcome.OPEN) == 0


def account_of(*runs: Run) -> Account:
    """The account of these runs, of all of them if none is given; in three queries, however many rows there are."""
    rows = Delivery.objects.filter(run__in=runs) if runs else Delivery.objects.all()
    rows = rows.order_by()
    quoted = StrIndex("reason", Value(QUOTE))
    kind = Case(
        When(~Q(outcome__in=(Outcome.FAILED, Outcome.UNKNOWN)), then=Value("")),
        When(quote_at__gt=0, then=Substr("reason", 1, F("quote_at"))),  # type: ignore[arg-type] # an F is one
        default=F("reason"),
    )
    grouped = rows.annotate(quote_at=quoted).annotate(kind=kind).values_list("outcome", "skip", "kind")
    lines = [
        Line(outcome, _words(outcome, skip, reason), number)
        for outcome, skip, reason, number in grouped.annotate(number=Count("pk"))
    ]
    receipts = rows.exclude(receipt="").values_list("receipt").annotate(number=Count("pk"))
    lines.sort(key=lambda line: (Outcome.values.index(line.outcome), -line.number, line.reason))
    return Account(rows.count(), tuple(lines), dict(receipts))


def _words(outcome: str, skip: str, reason: str) -> str:
    if outcome == Outcome.MISSED:
        return _("The portal was not running then, or somebody cancelled it")
    return str(Skip(skip).label) if skip else reason
