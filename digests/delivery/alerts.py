"""Telling those who run the digests, once for each event, in the admin and by mail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db import models
from django.urls import reverse

from jobs.models import Notice
from jobs.notices import notify
from jobs.speaking import speaking_to

PERMISSION = "digests.change_run"


def operators() -> Any:
    """People who may stop a run."""
    return ModelBackend().with_perm(PERMISSION)


def alert(*, subject: models.Model, event: str, title: Callable[[], str], message: Callable[[], str]) -> None:
    """`title` and `message` make the words in the language that is active then: that of each operator."""
    for person in operators():
        with speaking_to(person):
            notify(
                subject=subject,
                event=event,
                recipient=person,
                title=title(),
                message=message(),
                url=reverse("digest_runs:index"),
                level=Notice.Level.BAD,
            )
