"""Celery's entries to the home floor."""

from __future__ import annotations

from celery import shared_task

from home.desk import reviewing
from home.links.checking import check_due, reopen_due
from home.links.reading import read_pages, read_the_rest
from jobs.wakeups import publish


@shared_task(name="home.remind_of_reviews", max_retries=0)
def remind_of_reviews() -> None:
    reviewing.remind()


@shared_task(name="home.tend_links")
def tend_links() -> None:
    """Read what was published, and open what is to be checked again."""
    if read_pages():
        publish("home.tend_links", queue="periodic")
        return
    read_the_rest()
    if reopen_due():
        publish("home.check_links", queue="periodic")


@shared_task(name="home.check_links", max_retries=3, default_retry_delay=30)
def check_links() -> None:
    """Check for a while, then let other work have the worker; wake-ups go on while rows are due."""
    if check_due():
        publish("home.check_links", queue="periodic")
