"""Celery's entries to the jobs floor."""

from __future__ import annotations

from celery import shared_task

from jobs import sweeper
from jobs.actions import record_tick
from jobs.delivery import deliver
from jobs.letters import write_letter
from jobs.models import DailyLetter, Mail
from jobs.running import run


@shared_task(name=sweeper.SWEEP, max_retries=0)
def sweep() -> None:
    sweeper.sweep()
    sweeper.ask_workers()


@shared_task(name=sweeper.SEEN, max_retries=0)
def worker_seen(queue: str) -> None:
    record_tick(f"worker:{queue}")


@shared_task(name="jobs.deliver_mail", max_retries=3, default_retry_delay=30)
def deliver_mail(pk: int) -> None:
    run(Mail, pk, deliver)


@shared_task(name="jobs.write_letter", max_retries=3, default_retry_delay=30)
def letter(pk: int) -> None:
    run(DailyLetter, pk, write_letter)
