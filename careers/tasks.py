"""Celery's entries to the careers floor."""

from __future__ import annotations

from celery import shared_task

from careers.learning.unnoting import forget_deleted_notes
from careers.models import PageSettlement, WordPressImport
from careers.progress import settling
from careers.wordpress.work import work
from jobs.registry import kind_of
from jobs.running import run
from jobs.wakeups import wake


@shared_task(name="careers.settle_pages", max_retries=3, default_retry_delay=30)
def settle_pages() -> None:
    """Judge for a while, then let other work have the worker; wake-ups go on while rows are due."""
    if settling.settle_due():
        wake(kind_of(PageSettlement))


@shared_task(name="careers.forget_deleted_notes")
def forget_notes() -> None:
    forget_deleted_notes()


@shared_task(
    name="careers.import_wordpress", max_retries=3, default_retry_delay=30, soft_time_limit=1700, time_limit=1800
)
def import_wordpress(pk: int) -> None:
    run(WordPressImport, pk, work)
