"""What makes the database a queue: lost leases go back or fail, and due rows that nobody woke are woken.

Everything is read through the partial indexes of `LeasedRow`, a bounded number of rows at a time; what one sweep
leaves, the next one takes. Two sweeps at once do no harm: every change is conditional.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from celery import current_app
from django.db.models import Q
from django.utils import timezone

from jobs.actions import record_tick, recover
from jobs.registry import JobKind, kinds
from jobs.wakeups import publish, wake

logger = logging.getLogger(__name__)

SWEEP = "jobs.sweep"
SEEN = "jobs.worker_seen"
#: A row that was never tried had its own wake-up just now; it is woken again only when that seems lost.
GRACE = timedelta(seconds=30)
#: A wake-up that no worker took in this many seconds is dropped: a later sweep sent a fresh one.
WAKE_UP_EXPIRES = 120
LOST_PER_SWEEP = 1000


def sweep(now: datetime | None = None) -> tuple[int, int]:
    """Recover lost rows and wake due ones of every kind. Return how many rows and how many wake-ups that were."""
    recovered = woken = 0
    for kind in kinds():
        recovered += _recover_lost(kind, now or timezone.now())
        woken += _wake_due(kind, now or timezone.now())
    record_tick(SWEEP, now=now)
    return recovered, woken


def ask_workers() -> None:
    """Send every queue a word that a worker answers by recording when it was seen."""
    for queue in current_app.conf.task_queues or ():
        publish(SEEN, queue.name, queue=queue.name, expires=55)


def _recover_lost(kind: JobKind, now: datetime) -> int:
    recovered = 0
    for row in list(kind.model.objects.lost(now)[:LOST_PER_SWEEP]):
        try:
            recovered += recover(row, now=now)
        except Exception:
            logger.exception("%s %s could not be recovered.", row._meta.label, row.pk)
    if recovered:
        logger.warning("%d of %s were lost by their workers.", recovered, kind.name)
    return recovered


def _wake_due(kind: JobKind, now: datetime) -> int:
    """Wake at most `wakes_per_sweep` times; stop at the first wake-up that the broker does not take."""
    forgotten = Q(attempts__gt=0) | Q(next_try_at__lte=now - GRACE)
    due = kind.model.objects.due(now).filter(forgotten).values_list("pk", flat=True)
    calls: list[tuple[int, ...]]
    if kind.wake_each:
        calls = [(pk,) for pk in due[: kind.wakes_per_sweep]]
    else:
        number = due.order_by()[: kind.wakes_per_sweep * kind.chunk].count()
        calls = [()] * -(-number // kind.chunk)
    for sent, arguments in enumerate(calls):
        if not wake(kind, *arguments, expires=WAKE_UP_EXPIRES):
            return sent
    return len(calls)
