"""What is heard of a mail after the mail server took it: that it was delivered, came back, or was reported as spam.

Reports come late, twice and in any order: each counts once, by its reporter's id, and what weighs more stays.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from digests.actions import suppress
from digests.delivery.answers import NO_SUCH_ADDRESS
from digests.delivery.breakers import look_at
from digests.delivery.suppressing import came_back
from digests.models import Delivery, MailEvent, Run
from jobs.actions import NO_CLAIM, fit

logger = logging.getLogger(__name__)
Kind, State, Status = MailEvent.Kind, MailEvent.State, Delivery.Status
#: Older reports are not looked at.
NEWS_FOR = timedelta(days=30)
#: How long a report waits for its delivery to be known.
WAIT_FOR_DELIVERY = timedelta(minutes=5)
#: From what weighs least to what weighs most.
WEIGHTS: list[str] = ["", Kind.DEFERRED, Kind.DELIVERED, Kind.BOUNCED, Kind.COMPLAINED]
#: These prove that the mail server had taken the mail.
PROOFS = (Kind.DELIVERED, Kind.BOUNCED, Kind.COMPLAINED)


@dataclass(frozen=True)
class Report:
    """One event as its reporter tells it; `status_code` is an enhanced one (RFC 3463) where there is one."""

    source: str
    event_id: str
    kind: str
    happened_at: datetime
    message_id: UUID | None = None
    recipient: str = ""
    status_code: str = ""
    said: str = ""


def hear(report: Report, *, now: datetime | None = None) -> MailEvent | None:
    """Record the report and what follows from it; None for one that is too old. Hearing it again changes nothing."""
    if report.happened_at < (now or timezone.now()) - NEWS_FOR:
        logger.info("A report of %s about %s is too old to count.", report.happened_at, report.message_id)
        return None
    event, is_new = MailEvent.objects.get_or_create(
        source=report.source,
        event_id=report.event_id[:200],
        defaults={
            "kind": report.kind,
            "message_id": report.message_id,
            "recipient": fit(report.recipient)[:254],
            "status_code": report.status_code[:20],
            "said": fit(report.said),
            "happened_at": report.happened_at,
        },
    )
    if is_new:
        use(event)
    return event


def try_again(now: datetime | None = None) -> int:
    """Look once more for the deliveries of reports that came before them; give up on old ones, and count those."""
    now = now or timezone.now()
    waiting = MailEvent.objects.filter(state=State.WAITING)
    for event in list(waiting.order_by("heard_at")[:1000]):
        use(event)
    lost = waiting.filter(heard_at__lt=now - WAIT_FOR_DELIVERY).update(state=State.LOST)
    if lost:
        logger.warning("%d reports belong to no digest of ours.", lost)
    return lost


@transaction.atomic
def use(event: MailEvent) -> None:
    """Record what follows from the event, if its delivery is known, once."""
    if event.message_id is None:
        return
    delivery = Delivery.objects.select_related("subscriber").filter(message_id=event.message_id).first()
    if delivery is None:
        return
    if MailEvent.objects.filter(pk=event.pk, state=State.WAITING).update(state=State.USED, delivery=delivery):
        event.refresh_from_db()
        _record(event, delivery)


def _record(event: MailEvent, delivery: Delivery) -> None:
    lighter = WEIGHTS[: WEIGHTS.index(event.kind)]
    Delivery.objects.filter(pk=delivery.pk, receipt__in=lighter).update(receipt=event.kind)
    if event.kind in PROOFS:
        _settle(delivery)
    others = MailEvent.objects.filter(delivery=delivery, kind=event.kind, state=State.USED).exclude(pk=event.pk)
    if others.exists():
        return
    if event.kind == Kind.BOUNCED:
        _came_back(event, delivery)
    elif event.kind == Kind.COMPLAINED:
        suppress(subscriber=delivery.subscriber, why=event.said or _("Reported as spam"))
        _count(delivery, "complaints")


def _came_back(event: MailEvent, delivery: Delivery) -> None:
    hard = bool(NO_SUCH_ADDRESS.match(event.status_code))
    came_back(delivery.subscriber, hard=hard, why=event.said or _("The mail came back."))
    if hard:
        _count(delivery, "hard_bounces")


def _count(delivery: Delivery, column: str) -> None:
    Run.objects.filter(pk=delivery.run_id).update(**{column: F(column) + 1})
    look_at(delivery.run_id)


def _settle(delivery: Delivery) -> None:
    """Nobody wonders any more whether it was sent: neither an operator, nor a sender that would send it again."""
    in_doubt = Delivery.objects.filter(pk=delivery.pk, copies__gt=0, status__in=(Status.FAILED, Status.WAITING))
    in_doubt.update(status=Status.DONE, reason=_("Its arrival was reported."), finished_at=timezone.now(), **NO_CLAIM)
