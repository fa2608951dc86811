"""What would come, and when, if the subscriber asked for it like this: found out by doing it, and taking it back.

The same functions choose, assemble and render here as when the digest is sent; they read the database, so the wish
is stored for as long as they do, in a transaction that is rolled back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone, translation

from digests import actions, selection, selectors
from digests.actions import Wish
from digests.links import Links
from digests.models import Subscriber
from digests.rendering import Rendered, render


@dataclass(frozen=True)
class Coming:
    """`digest` is None while nothing is new for the subscriber; `times` are in their zone, none without a rhythm."""

    times: list[datetime]
    digest: Rendered | None


def coming(subscriber: Subscriber, wish: Wish, *, now: datetime | None = None) -> Coming:
    """Return the next three times and the next digest under a wish that is not stored."""
    now = now or timezone.now()
    with transaction.atomic():
        trial = Subscriber.objects.get(pk=subscriber.pk)
        actions.change(subscriber=trial, wish=wish, now=now)
        found = Coming(selectors.next_times(trial), _digest(trial, now))
        transaction.set_rollback(True)
    return found


def _digest(subscriber: Subscriber, now: datetime) -> Rendered | None:
    items = selection.choose(subscriber, now=now)
    digest = selection.assemble(subscriber, items) if items else None
    if digest is None:
        return None
    with translation.override(subscriber.reads_in):
        on = timezone.localdate(subscriber.next_due_at or now, subscriber.zone)
        return render(digest, links=Links.of(subscriber), on=on)
