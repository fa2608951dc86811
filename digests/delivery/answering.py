"""What becomes of a row, its domain, its run and its address after the mail server's answer."""

from __future__ import annotations

import logging
import random
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from digests.delivery.answers import Meaning, meaning_of, was_refused
from digests.delivery.breakers import ERROR, WELL
from digests.delivery.sender import Sender
from digests.delivery.suppressing import came_back
from digests.models import Delivery
from jobs.actions import fail, renew, retry
from jobs.models import LeasedRow
from jobs.smtp_answers import Answer, understand

logger = logging.getLogger(__name__)
GIVE_UP_AFTER = timedelta(hours=48)


def open_line(row: Delivery, sender: Sender) -> bool:
    """Connect if need be; a row for which that fails is put off."""
    try:
        sender.line.open()
    except Exception as error:
        put_off(row, understand(error) or Answer(False, str(error)))
        return False
    return True


def after(error: Exception, row: Delivery, sender: Sender, *, data_began: bool) -> None:
    """Record what an attempt came to that did not end with the server's 250."""
    logger.warning("Digest %s was not sent: %s", row.pk, error)
    answer = understand(error)
    if answer is None or not (was_refused(error) or not data_began):
        retry(row, reason=answer.reason if answer else _("The mail may have been sent, or not: %s.") % error)
        sender.tally.add(row.run, ERROR)
    elif answer.final:
        _refused(answer, row, sender)
    else:
        _deferred(answer, row, sender, error=ERROR if not was_refused(error) else WELL)


def _refused(answer: Answer, row: Delivery, sender: Sender) -> None:
    meaning = meaning_of(answer)
    by_rules = meaning is Meaning.BY_RULES
    fail(row, reason=answer.reason, copies=0, receipt="" if by_rules else Delivery.Receipt.BOUNCED)
    sender.tally.add(row.run, ERROR, hard_bounce=meaning is Meaning.NO_SUCH_ADDRESS)
    if by_rules:
        sender.domains.refused_by_rules(row.domain, answer.reason)
    else:
        came_back(row.subscriber, hard=meaning is Meaning.NO_SUCH_ADDRESS, why=answer.reason)


def _deferred(answer: Answer, row: Delivery, sender: Sender, *, error: str) -> None:
    """Mailboxes that are busy are no error of the run's: strangers are often put off once."""
    put_off(row, answer, copies=F("copies") - 1)
    sender.tally.add(row.run, error)
    if answer.code and meaning_of(answer) is Meaning.BUSY_DOMAIN:
        sender.domains.deferred(row.domain, answer.reason)


def put_off(row: Delivery, answer: Answer, **values: Any) -> None:
    """Try again later, knowing that nothing left; the waits grow, and differ a little from row to row."""
    spread = random.uniform(1, 1.2)  # noqa: S311 - no secret
    since = row.deferred_since or timezone.now()
    with transaction.atomic():
        renew(row, deferrals=F("deferrals") + 1, deferred_since=since, slot_at=None, **values)
        if timezone.now() - since >= GIVE_UP_AFTER:
            fail(row, reason=answer.reason)
        else:
            retry(row, reason=answer.reason, wait=row.wait_before_next_attempt() * spread)


def give_up_if_old(row: Delivery) -> None:
    """End a row whose domain did not want it for two days; it is waiting, and nobody's."""
    old = row.deferred_since and timezone.now() - row.deferred_since >= GIVE_UP_AFTER
    if old:
        Delivery.objects.waiting().filter(pk=row.pk).update(
            status=LeasedRow.Status.FAILED, finished_at=timezone.now(), reason=row.reason or _("Not wanted.")
        )
