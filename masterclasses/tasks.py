"""Celery's entries to the masterclasses floor."""

from __future__ import annotations

from celery import shared_task

from jobs.running import run
from masterclasses import publishing, tidying
from masterclasses.evenings import boundaries
from masterclasses.models import Premiere, PublishWish
from masterclasses.remote import watching
from masterclasses.telling import following
from masterclasses.transcoding import work
from masterclasses.uploads import arrival


@shared_task(
    name="masterclasses.transcode", max_retries=3, default_retry_delay=30, soft_time_limit=7200, time_limit=7500
)
def transcode(pk: int) -> None:
    work.encode(pk)


@shared_task(name="masterclasses.work", max_retries=3, default_retry_delay=30, soft_time_limit=7200, time_limit=7500)
def work_on_pieces() -> None:
    work.work_until_done()


@shared_task(name="masterclasses.remote", max_retries=3, default_retry_delay=30)
def remote(pk: int) -> None:
    watching.look_after(pk)


@shared_task(name="masterclasses.tidy")
def tidy() -> None:
    tidying.tidy()


@shared_task(name="masterclasses.renew_evenings")
def renew_evenings() -> None:
    boundaries.renew_pages()


@shared_task(name="masterclasses.settle_uploads")
def settle_uploads() -> None:
    arrival.settle_forgotten()


@shared_task(name="masterclasses.publish_part", max_retries=3, default_retry_delay=30)
def publish_part(pk: int) -> None:
    run(PublishWish, pk, publishing.publish)


@shared_task(name="masterclasses.premiere", max_retries=3, default_retry_delay=30)
def premiere(pk: int) -> None:
    run(Premiere, pk, following.tell_followers)


@shared_task(name="masterclasses.send_part_news", max_retries=3, default_retry_delay=30)
def send_part_news() -> None:
    """Send for a while, then let other work have the worker; wake-ups go on while rows are due."""
    if following.send_due():
        following.wake_senders(1)
