"""Waking workers. A wake-up may be lost: the sweeper finds every due row within a minute."""

from __future__ import annotations

import logging
import time
from functools import partial
from typing import Any

from celery import current_app
from django.db import transaction
from kombu.pools import producers

from jobs.models import LeasedRow
from jobs.registry import JobKind, kind_of

logger = logging.getLogger(__name__)

#: Seconds and tries for a broker that hangs. Without them the request that publishes would hang with it.
IMPATIENT: dict[str, float] = {
    "socket_connect_timeout": 0.4,
    "socket_timeout": 0.4,
    "connect_retries_timeout": 0.5,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
}
ONCE_MORE = {key: IMPATIENT[key] for key in ("max_retries", "interval_start", "interval_step", "interval_max")}
#: A broker that took longer than SLOW seconds to fail is left alone for PAUSE seconds by this process.
SLOW = 0.3
PAUSE = 5.0
_paused_until = 0.0


def wake_after_commit(row: LeasedRow) -> None:
    """Wake a worker for `row` once the current transaction is committed; a broker that is down breaks nothing."""
    kind = kind_of(type(row))
    arguments = (row.pk,) if kind.wake_each else ()
    transaction.on_commit(partial(wake, kind, *arguments), robust=True)


def wake(kind: JobKind, *arguments: Any, expires: float | None = None) -> bool:
    """Publish one wake-up, good for `expires` seconds, and return whether the broker took it."""
    return publish(kind.task, *arguments, queue=kind.queue, expires=expires)


def publish(task: str, *arguments: Any, queue: str, expires: float | None = None) -> bool:
    """Send a message and return whether the broker took it, within about a second either way. Never raises."""
    global _paused_until
    began = time.monotonic()
    if began < _paused_until:
        return False
    try:
        connection = current_app.connection_for_write(transport_options=IMPATIENT)
        with producers[connection].acquire(block=True, timeout=1) as producer:
            current_app.send_task(
                task, args=arguments, queue=queue, expires=expires, producer=producer, retry_policy=ONCE_MORE
            )
    except Exception as error:
        logger.warning("No wake-up for %s %s: %s", task, arguments, error)
        if time.monotonic() - began > SLOW:
            _paused_until = time.monotonic() + PAUSE
        return False
    return True
