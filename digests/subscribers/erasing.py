"""Forgetting a subscriber, and handing them what is kept."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.formats import date_format

from digests.models import ForgottenAddress, Subscriber
from digests.models.forgotten import hash_of

FIELDS = (
    "email",
    "status",
    "rhythm",
    "weekday",
    "month_day",
    "hour",
    "time_zone",
    "language",
    "paused_until",
    "next_due_at",
    "created_at",
    "confirmed_at",
    "unsubscribed_at",
)


@transaction.atomic
def erase(*, subscriber: Subscriber) -> None:
    """Delete the subscriber with consent receipts and deliveries. Who must not be written to stays protected."""
    if subscriber.status == Subscriber.Status.SUPPRESSED:
        ForgottenAddress.objects.get_or_create(key_hash=hash_of(subscriber.email_key))
    subscriber.delete()


def everything_about(subscriber: Subscriber) -> dict[str, Any]:
    """Return all that is kept about a subscriber, as it can be written to JSON."""
    return {
        "subscription": {name: getattr(subscriber, name) for name in FIELDS},
        "areas": [area.local.title for area in subscriber.areas.all()],
        "consent": [
            {
                "when": receipt.created_at,
                "what": str(receipt.get_event_display()),
                "where": receipt.place,
                "words": receipt.text,
            }
            for receipt in subscriber.receipts.all()
        ],
        "digests": [
            {"due": row.due_at, "period": row.period_key, "outcome": row.outcome_label, "reason": row.reason}
            for row in subscriber.deliveries.order_by("due_at")
        ],
    }


def file_name(subscriber: Subscriber) -> str:
    return f"digest-{date_format(subscriber.created_at, 'Y-m-d')}.json"
