"""Forgetting events that can change nothing any more."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from masterclasses.models import RemoteEvent, RemoteJob
from masterclasses.remote.receiving import TOO_OLD

logger = logging.getLogger(__name__)
#: How long an event may come before the row of its job.
AHEAD = timedelta(minutes=5)


def tidy(now: datetime | None = None) -> int:
    """Remove events of jobs that do not exist, and those older than any that is still taken. Return how many."""
    now = now or timezone.now()
    return (
        drop_unknown(now)
        + RemoteEvent.objects.filter(
            ~Exists(RemoteJob.objects.filter(uuid=OuterRef("job"), status__in=RemoteJob.OPEN)),
            received_at__lt=now - TOO_OLD,
            sent_at__lt=now - TOO_OLD,
        ).delete()[0]
    )


def drop_unknown(now: datetime | None = None) -> int:
    """Drop, and count, what was said more than five minutes ago of jobs that have no row even now."""
    has_row = Exists(RemoteJob.objects.filter(uuid=OuterRef("job")))
    unknown = RemoteEvent.objects.filter(~has_row, received_at__lt=(now or timezone.now()) - AHEAD)
    dropped = unknown.delete()[0]
    if dropped:
        logger.warning("Dropped %d events of the remote encoder: the portal knows no such jobs.", dropped)
    return dropped
