"""Celery's entries to the home floor."""

from __future__ import annotations

from celery import shared_task

from home.desk import reviewing


@shared_task(name="home.remind_of_reviews", max_retries=0)
def remind_of_reviews() -> None:
    reviewing.remind()
