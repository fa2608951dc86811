"""What a worker does with an order to the remote encoder: submit it, ask when it is silent too long, settle its end.

Every order is due again at some time, whatever the service does: none can hang for ever.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from jobs.actions import cancel, fail, finish, park, retry
from jobs.running import run
from masterclasses.models import RemoteEvent, RemoteJob
from masterclasses.remote import client, events, outcomes
from masterclasses.remote.facts import facts_of
from masterclasses.remote.orders import order_for
from masterclasses.remote.receiving import ASK_AFTER, receive
from masterclasses.transcoding.causes import EncodeFailed

logger = logging.getLogger(__name__)
SILENT_FOR = timedelta(hours=1)
STUCK_FOR = timedelta(hours=6)


def look_after(pk: int) -> None:
    """Claim an order, if it is due, and do what it needs."""
    run(RemoteJob, pk, work)


def work(job: RemoteJob) -> None:
    if not job.transcode.is_parked:
        cancel(job, reason=_("The encode that it belongs to does not wait for it any more."))
        return
    try:
        if not settle(job):
            speak(job)
            go_on(job)
    except EncodeFailed as failure:
        logger.warning("Remote job %s, attempt %s: %s", job.uuid, job.attempts, failure)
        (retry if failure.try_again else fail)(job, reason=str(failure))


def settle(job: RemoteJob) -> bool:
    """End the order if the service has ended it. Return whether it has."""
    end = facts_of(job.uuid).end
    if end is None:
        return False
    if end.kind == RemoteEvent.Kind.DONE:
        finish(job)
    else:
        fail(job, reason=outcomes.reason_for(end.data.get("code", ""), end.data.get("message", "")))
    return True


def speak(job: RemoteJob) -> None:
    """Submit what was not submitted; else hear what a webhook may have failed to say. Raises EncodeFailed."""
    if job.submitted_at is None:
        client.submit(job, order_for(job))
        return
    for message in client.events_of(job):
        try:
            event = events.read(str(message.get("id", "")), message)
        except ValidationError as error:
            logger.warning("The remote encoder says of job %s what is no event: %s", job.uuid, error.messages[0])
            continue
        if event.job == job.uuid:
            receive(event)


@transaction.atomic
def go_on(job: RemoteJob) -> None:
    """Let the order wait for its next event, or end it; no event can come between looking and letting go."""
    now = timezone.now()
    fresh = RemoteJob.objects.select_for_update(of=("self",)).filter(pk=job.pk).first()
    if fresh is None or settle(job):
        return
    if why := given_up(fresh, now):
        fail(job, reason=str(why))
        return
    park(job, until=now + ASK_AFTER, submitted_at=fresh.submitted_at or now)


def given_up(job: RemoteJob, now: datetime) -> str | Promise:
    """Why nothing more is expected of the service, or nothing."""
    if job.submitted_at is None:
        return ""
    if now - max(filter(None, (job.submitted_at, job.heard_at))) > SILENT_FOR:
        return outcomes.SILENT
    return outcomes.STUCK if now - max(filter(None, (job.submitted_at, job.moved_at))) > STUCK_FOR else ""
