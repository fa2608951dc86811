"""Editions make themselves: opened ahead of their first mail, filled while open, closed by it, archived at the end.

All of it may run twice at once, or be killed anywhere, and the rows are the same.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from digests.editions.calendar import spans_at
from digests.models import Delivery, Edition, EditionItem
from digests.selection.candidates import public_pages
from home.signals import public_content_changed

State = Edition.State
#: Of the newest: an edition is for looking through.
MOST_ITEMS_OF_AN_EDITION = 60
#: Retries go on for two days after the last mail was due.
ARCHIVED_AFTER = timedelta(days=2)


def keep_editions(now: datetime | None = None) -> None:
    """Bring every edition to where it is to be at that time; the minute tick calls it."""
    now = now or timezone.now()
    close_begun(now)
    archive_ended(now)
    for span in spans_at(now):
        edition, _is_new = Edition.objects.get_or_create(
            rhythm=span.rhythm, period_key=span.key, defaults={"first_day": span.first}
        )
        if edition.state == State.OPEN:
            gather(edition, now=now)


def gather(edition: Edition, *, now: datetime) -> int:
    """Add what has come out to an open edition, and return how much that was. What is in it stays as it is."""
    fresh = public_pages(now).filter(first_published_at__gt=edition.span.gathers_from, first_published_at__lte=now)
    there = EditionItem.objects.filter(edition=edition, page=OuterRef("pk"))
    ids = list(fresh.filter(~Exists(there)).newest().values_list("pk", flat=True)[:MOST_ITEMS_OF_AN_EDITION])
    # Oldest first, so that a newer one has the higher number.
    items = [EditionItem(edition=edition, page_id=pk) for pk in reversed(ids)]
    EditionItem.objects.bulk_create(items, ignore_conflicts=True)
    return len(items)


def close_begun(now: datetime) -> int:
    """Close the open editions of which a mail was put together, or whose days are over; return how many those were."""
    begun = Delivery.objects.filter(period_key=OuterRef("period_key"), selected_at__isnull=False)
    still_open = Edition.objects.filter(state=State.OPEN)
    closed = still_open.filter(Exists(begun)).update(state=State.CLOSED, closed_at=now)
    over = [edition.pk for edition in still_open if edition.span.ends_at <= now]
    closed += still_open.filter(pk__in=over).update(state=State.CLOSED, closed_at=F("closed_at"))
    if closed:
        transaction.on_commit(_tell, robust=True)
    return closed


def archive_ended(now: datetime) -> int:
    """Archive the editions of which nothing is on its way any more."""
    waiting = Delivery.objects.filter(period_key=OuterRef("period_key"), outcome=Delivery.Outcome.OPEN)
    closed = Edition.objects.filter(state=State.CLOSED).filter(~Exists(waiting))
    ended = [edition.pk for edition in closed if edition.span.ends_at + ARCHIVED_AFTER <= now]
    return Edition.objects.filter(pk__in=ended, state=State.CLOSED).update(state=State.ARCHIVED)


def _tell() -> None:
    """The list of past editions has changed."""
    public_content_changed.send(sender=Edition)
