"""An event comes in, by webhook or as the answer to a question: it is kept and has its effect in one transaction."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from django.db import transaction
from django.utils import timezone

from jobs.wakeups import wake_after_commit
from masterclasses.models import RemoteEvent, RemoteJob, Transcode
from masterclasses.remote.events import Event
from masterclasses.remote.facts import facts_of

logger = logging.getLogger(__name__)
TOO_OLD = timedelta(days=30)
#: After so long without a word the service is asked.
ASK_AFTER = timedelta(minutes=10)
WAITING = RemoteJob.Status.WAITING


class Heard(Enum):
    NEW = "new"
    AGAIN = "again"
    UNKNOWN = "unknown"
    OLD = "old"


def receive(event: Event, *, now: datetime | None = None) -> Heard:
    """Keep an event and let it have its effect, once. One that came before its job's row has it with the row."""
    now = now or timezone.now()
    if event.sent_at < now - TOO_OLD:
        logger.info("Event %s of the remote encoder is of %s and changes nothing.", event.event_id, event.sent_at)
        return Heard.OLD
    with transaction.atomic():
        job = RemoteJob.objects.select_for_update(of=("self",)).filter(uuid=event.job).first()
        _row, is_new = RemoteEvent.objects.get_or_create(event_id=event.event_id, defaults=columns(event, now))
        if is_new and job is not None:
            take_note(job, event, now)
    if job is None:
        return Heard.UNKNOWN
    return Heard.NEW if is_new else Heard.AGAIN


def columns(event: Event, now: datetime) -> dict[str, Any]:
    return {
        "job": event.job,
        "kind": event.kind,
        "sequence": event.sequence,
        "sent_at": event.sent_at,
        "received_at": now,
        "data": event.data,
    }


def take_note(job: RemoteJob, event: Event, now: datetime) -> None:
    """Make the row, and the encode's percent, say what is known now; an end makes it due.

    Whoever holds the row meanwhile looks at the events once more before letting it go.
    """
    facts = facts_of(job.uuid)
    seconds = min(facts.seconds_done, job.transcode.seconds_total)
    values: dict[str, Any] = {"heard_at": now, "submitted_at": job.submitted_at or now, "seconds_done": seconds}
    if event.kind != RemoteEvent.Kind.PROGRESS or seconds > job.seconds_done:
        values["moved_at"] = now
    if facts.progress is not None:
        left = facts.progress.data.get("eta_seconds")
        values["expected_at"] = facts.progress.sent_at + timedelta(seconds=left) if left is not None else None
    open_row = RemoteJob.objects.open().filter(pk=job.pk)
    open_row.update(**values)
    due = open_row.filter(status=WAITING).update(
        next_try_at=now if facts.end else now + ASK_AFTER, attempts=0, reason=""
    )
    Transcode.objects.parked().filter(pk=job.transcode_id).update(seconds_done=seconds)
    if due and facts.end:
        wake_after_commit(job)
