"""When we write to an address no more: at once where nobody is there, after three refusals in a row otherwise."""

from __future__ import annotations

from digests.actions import suppress
from digests.models import Delivery, Subscriber

REFUSALS = 3
Outcome, Receipt = Delivery.Outcome, Delivery.Receipt


def came_back(subscriber: Subscriber, *, hard: bool, why: str) -> None:
    """Look at a mail that was refused, at once or later on; it is recorded with its delivery already.

    The rows are asked and nothing is counted, so that reports may come twice and in any order.
    """
    if hard or _refused_in_a_row(subscriber):
        suppress(subscriber=subscriber, why=why)


def _refused_in_a_row(subscriber: Subscriber) -> bool:
    ended = Delivery.objects.filter(subscriber=subscriber, outcome__in=(Outcome.SENT, Outcome.FAILED))
    latest = list(ended.order_by("-due_at", "-pk").values_list("receipt", flat=True)[:REFUSALS])
    return latest == [Receipt.BOUNCED] * REFUSALS
