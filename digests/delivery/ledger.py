"""Writes of the ledger: the step after which a copy may have left, and rows outside the rhythm.

Everything here may run twice at once, or be killed anywhere, and the rows are the same.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from digests.delivery.statements import count_copy, end_as_sent
from digests.delivery.still_public import Condition
from digests.models import Delivery, Run, Subscriber, SubscriberImport
from jobs.actions import LeaseLost
from jobs.registry import kind_of
from jobs.wakeups import wake

UNCONFIRMED_LIVE_FOR = timedelta(days=7)
#: The run of digests that an operator sends outside any rhythm.
AT_ONCE = "now"
#: The share of a lease that is enough to begin a copy with.
LEASE_KEPT = 0.9


def wake_senders(due: int) -> None:
    """Wake `mail-bulk` once for every chunk of due rows."""
    kind = kind_of(Delivery)
    for _each in range(-(-due // kind.chunk)):
        if not wake(kind):
            return


def run_of(key: str) -> Run:
    """The run of this period, open again if it was closed."""
    run, _is_new = Run.objects.get_or_create(key=key)
    if run.state == Run.State.CLOSED:
        Run.objects.filter(pk=run.pk, state=Run.State.CLOSED).update(state=Run.State.GOING)
    return run


def due_at_once(subscriber: Subscriber, *, now: datetime | None = None) -> Delivery:
    """Make a delivery outside the rhythm, for an operator; the rhythm goes on as it is."""
    now = now or timezone.now()
    return Delivery.objects.create(
        subscriber=subscriber,
        run=run_of(AT_ONCE),
        period_key=f"{AT_ONCE} {now:%Y-%m-%dT%H:%M:%S.%f}",
        due_at=now,
        next_try_at=now,
    )


def begin_copy(row: Delivery, *, only_if: Condition | None = None) -> bool:
    """Count, and commit, that a copy may leave from now on, with the items that it brings.

    One statement asks once more whether the person still wants it, whether the run still goes on, whether what it
    shows is public, and whether the row is still ours. False when one of these is not so; `row` tells which once it
    is refreshed. The lease is drawn out only when a tenth of it is gone, for it stands in an index.
    """
    values: dict[str, Any] = {"items": row.items, "selected_at": row.selected_at}
    now = timezone.now()
    if row.lease_until is None or row.lease_until - now < row.lease_for * LEASE_KEPT:
        values["lease_until"] = now + row.lease_for
    begun = count_copy(row, values, only_if=only_if)
    if begun:
        row.copies += 1
        row.lease_until = values.get("lease_until", row.lease_until)
    return begun


def record_sent(row: Delivery) -> None:
    """End a row whose mail was taken. Raises LeaseLost."""
    finished_at = timezone.now()
    if not end_as_sent(row, {"finished_at": finished_at}):
        raise LeaseLost(f"{row._meta.label} {row.pk}")
    row.status, row.finished_at, row.reason = Delivery.Status.DONE, finished_at, ""
    row.claim_token = row.lease_until = None


def purge_unconfirmed(now: datetime | None = None) -> int:
    """Forget those who never confirmed, and files nobody took over; return how many of the former there were."""
    before = (now or timezone.now()) - UNCONFIRMED_LIVE_FOR
    SubscriberImport.objects.filter(taken_at=None, looked_at__lt=before).delete()
    _total, deleted = Subscriber.objects.never_confirmed(before).delete()
    return deleted.get(Subscriber._meta.label, 0)
