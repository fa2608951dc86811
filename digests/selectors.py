"""What pages, the admin and commands read about subscriptions."""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import Count

from digests.models import Delivery, Subscriber
from digests.periods import periods
from home.models import Area

SHOWN_TIMES = 3


def areas_to_begin_with(slug: str) -> list[Area]:
    """The area with this slug, or all of them."""
    areas = list(Area.objects.all())
    return [area for area in areas if area.slug == slug] or areas


def next_times(subscriber: Subscriber) -> list[datetime]:
    """The next three times at which a digest is due, in the subscriber's own zone; none when nothing is due."""
    if subscriber.next_due_at is None:
        return []
    later = (period.due_at for period in periods(subscriber.schedule, after=subscriber.next_due_at))
    times = [subscriber.next_due_at, *islice(later, SHOWN_TIMES - 1)]
    return [time.astimezone(subscriber.zone) for time in times]


def preferences_of(subscriber: Subscriber) -> dict[str, Any]:
    """The values with which the preferences form begins."""
    names = ("rhythm", "weekday", "month_day", "hour", "time_zone", "language", "paused_until")
    return {name: getattr(subscriber, name) for name in names} | {"areas": list(subscriber.areas.all())}


def as_answers(subscriber: Subscriber) -> dict[str, Any]:
    """The stored preferences as a browser would send them."""
    stored = preferences_of(subscriber)
    return stored | {"areas": [area.pk for area in stored["areas"]]}


def subscription_of(person: Any) -> Subscriber | None:
    """The confirmed subscription of somebody who is signed in, by the address that they have proved to be theirs."""
    return Subscriber.objects.confirmed().filter(person=person).order_by("-confirmed_at").first()


def accounting() -> dict[str, int]:
    """How many deliveries ended in which way; the sum is the number of rows."""
    return dict(Delivery.objects.order_by().values_list("outcome").annotate(Count("pk")))
