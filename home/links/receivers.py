"""Publishing wakes the reading of links; it waits for nothing and fails for nothing."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from home.links.actions import recheck_own
from jobs.wakeups import publish

TASK = "home.tend_links"


def connect() -> None:
    page_published.connect(page_changed, dispatch_uid="home.links_published")
    page_unpublished.connect(page_changed, dispatch_uid="home.links_unpublished")
    post_delete.connect(page_deleted, dispatch_uid="home.links_deleted")


def page_changed(instance: Any, **_signal: Any) -> None:
    recheck_own(address=f"page:{instance.pk}")
    transaction.on_commit(wake_reading, robust=True)


def wake_reading() -> None:
    publish(TASK, queue="periodic")


def page_deleted(instance: Any, **_signal: Any) -> None:
    if isinstance(instance, Page):
        recheck_own(address=f"page:{instance.pk}")
