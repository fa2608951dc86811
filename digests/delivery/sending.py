"""Sending: rows are claimed, and then each by itself: a copy is counted, the mail handed over, the end recorded.

Mail cannot be sent exactly once: when the line goes dead after the last dot, nobody knows whether the server took
the mail (RFC 1047). Such a row is sent once more, and is then `unknown`, for an operator to look at.
"""

from __future__ import annotations

import logging
import time
from functools import partial

from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from digests.delivery import answering
from digests.delivery.breakers import ERROR, WELL
from digests.delivery.chunk import Chunk
from digests.delivery.claiming import CHUNK, soon_due
from digests.delivery.ledger import begin_copy, record_sent
from digests.delivery.line import uninterrupted
from digests.delivery.pacing import hour_is_full, slot_for
from digests.delivery.sender import Sender
from digests.links import Links
from digests.messages import Letter, build
from digests.models import Delivery, Subscriber
from digests.rendering import render_for_all
from digests.selection import Digest
from jobs.actions import LeaseLost, finish, put_back
from jobs.running import run_claimed

logger = logging.getLogger(__name__)
Skip = Delivery.Skip
#: Seconds between looks for rows whose moment comes soon.
NAP = 0.2


def send_due(*, most: int = 100, seconds: float = 5) -> bool:
    """Send at most so many due digests for at most so many seconds; return whether there may be more at once.

    A few seconds, for in the embedded default the same processes send confirmations and passwords.
    """
    until = time.monotonic() + seconds
    if hour_is_full():
        return False
    with Sender() as sender:
        while most > 0 and time.monotonic() <= until:
            with Chunk() as chunk:
                taken = _claim(chunk, sender, until, most=min(most, CHUNK))
                if not taken:
                    return False
                _send(chunk, sender, until)
                most -= taken
    return True


def _claim(chunk: Chunk, sender: Sender, until: float, *, most: int) -> int:
    """Claim rows, waiting for some whose moment comes soon; return how many it were."""
    while not sender.must_stop:
        if taken := chunk.claim(most):
            return taken
        if time.monotonic() > until or not soon_due():
            break
        time.sleep(NAP)
    return 0


def _send(chunk: Chunk, sender: Sender, until: float) -> None:
    """Send what was claimed, until it is time to stop."""
    chunk.put_together()
    for row in chunk:
        run_claimed(row, partial(deliver, sender=sender, chunk=chunk))
        if sender.must_stop or time.monotonic() > until:
            return


def deliver(row: Delivery, *, sender: Sender, chunk: Chunk) -> None:
    """Bring one claimed row to its end, or back to waiting with a reason. Raises LeaseLost."""
    try:
        _deliver(row, sender, chunk)
    except LeaseLost:
        raise
    except Exception:
        sender.tally.add(row.run, ERROR)
        raise


def _deliver(row: Delivery, sender: Sender, chunk: Chunk) -> None:
    if row.subscriber.status != Subscriber.Status.CONFIRMED:
        _skip(row, Skip.NOT_SUBSCRIBED)
        return
    if _must_wait(row, sender):
        return
    digest, still_public = chunk.digest_of(row)
    if digest is None:
        _skip(row, Skip.NOTHING_LEFT if row.items else Skip.NOTHING_NEW)
        return
    message = message_for(row, digest)
    if not answering.open_line(row, sender):
        return
    if not sender.pacer.wait():
        put_back(row, until=timezone.now())
        return
    with uninterrupted():
        if begin_copy(row, only_if=still_public):
            _hand_over(row, message, sender)
        else:
            _not_begun(row, chunk)


def message_for(row: Delivery, digest: Digest) -> Letter:
    subscriber = row.subscriber
    links = Links.of(subscriber)
    on = timezone.localtime(row.due_at, subscriber.zone).date()
    return build(row, render_for_all(digest, on=on), links)


def _must_wait(row: Delivery, sender: Sender) -> bool:
    """Whether the row's domain is left alone now, or has a pace and gave the row a later moment."""
    now = timezone.now()
    if closed := sender.domains.closed_until(row.domain, now):
        put_back(row, until=closed[0], reason=closed[1], deferred_since=row.deferred_since or now, slot_at=None)
        answering.give_up_if_old(row)
        return True
    if slot := slot_for(row, now):
        put_back(row, until=slot, slot_at=slot)
        return True
    return False


def _hand_over(row: Delivery, message: Letter, sender: Sender) -> None:
    run, domain = row.run, row.domain
    try:
        sender.line.send(message)
    except Exception as error:
        data_began = sender.line.data_began
        sender.line.close()
        answering.after(error, row, sender, data_began=data_began)
    else:
        _record(row)
        sender.tally.add(run, WELL)
        sender.domains.took(domain)


def _record(row: Delivery) -> None:
    """Record what is known, that the mail was taken; on a new connection where the old one has just gone dead."""
    try:
        record_sent(row)
    except (OperationalError, InterfaceError):
        if connection.in_atomic_block:
            raise
        logger.warning("Digest %s was sent, and the database went away: once more.", row.pk)
        connection.close()
        record_sent(row)


def _not_begun(row: Delivery, chunk: Chunk) -> None:
    """Since the row was put together the person left, the run was stopped, or something in it was withdrawn.

    What was put together with it is then out of date too.
    """
    row.refresh_from_db()
    if row.subscriber.status != Subscriber.Status.CONFIRMED:
        _skip(row, Skip.NOT_SUBSCRIBED)
    else:
        chunk.give_back()
        put_back(row, until=timezone.now())


def _skip(row: Delivery, why: Delivery.Skip) -> None:
    finish(row, skip=why, reason=str(why.label))
