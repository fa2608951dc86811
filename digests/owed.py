"""A digest that is due when its subscriber changes something is due still, as though the tick had come just before.

Hence whoever changes their preferences gets exactly one digest for the period, whether or not the tick was late.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import transaction

from digests.delivery.ledger import run_of, wake_senders
from digests.models import Delivery, Subscriber
from digests.periods import due_periods


def make_what_is_due(subscriber: Subscriber, now: datetime) -> None:
    """Make the delivery of the latest period that is due by the present schedule, and remember it as the last one.

    Called with the subscriber's row locked: a tick either came before, and nothing is due any more, or finds it made.
    """
    since = subscriber.next_due_at
    found = due_periods(subscriber.schedule, first=since, now=now) if since and since <= now else []
    if not found:
        return
    period = found[-1]
    values = {"run": run_of(period.key), "due_at": period.due_at, "next_try_at": period.due_at}
    Delivery.objects.get_or_create(subscriber=subscriber, period_key=period.key, defaults=values)
    Subscriber.objects.filter(pk=subscriber.pk).update(last_due_at=period.due_at)
    transaction.on_commit(partial(wake_senders, 1), robust=True)
