"""Celery's entries to the digests."""

from __future__ import annotations

from celery import shared_task

from digests.delivery import events, ledger, mailbox, materialise, runs, sending
from digests.editions.assembly import keep_editions
from jobs.actions import record_tick

TICK = "digests.tick"


@shared_task(name=TICK)
def tick() -> None:
    materialise.materialise()
    ledger.purge_unconfirmed()
    runs.tidy_runs()
    events.try_again()
    keep_editions()
    record_tick(TICK)


@shared_task(name="digests.read_bounces", max_retries=0)
def read_bounces() -> None:
    mailbox.read_bounces()


@shared_task(name="digests.send", max_retries=3, default_retry_delay=30)
def send() -> None:
    """Send for a while, then let other work have the worker; wake-ups go on while rows are due."""
    if sending.send_due():
        ledger.wake_senders(1)
