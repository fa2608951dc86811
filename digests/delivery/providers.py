"""Anymail's events in our words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from anymail.signals import EventType, RejectReason
from django.utils import timezone
from django.utils.crypto import salted_hmac

from digests.delivery.events import Report
from digests.models import MailEvent
from jobs.smtp_answers import ENHANCED

Kind = MailEvent.Kind
KINDS: Mapping[str, str] = {
    EventType.DEFERRED: Kind.DEFERRED,
    EventType.DELIVERED: Kind.DELIVERED,
    EventType.BOUNCED: Kind.BOUNCED,
    EventType.REJECTED: Kind.BOUNCED,
    EventType.FAILED: Kind.BOUNCED,
    EventType.COMPLAINED: Kind.COMPLAINED,
}
#: Under which the row's own id travels with the mail to the provider and back.
METADATA = "delivery"


def report_of(event: Any, provider: str) -> Report | None:
    """Return the event as we record it; None for one that is none of our business, such as an opening."""
    kind = KINDS.get(event.event_type)
    if kind is None:
        return None
    said = event.mta_response or event.description or ""
    code, invalid = ENHANCED.search(said), event.reject_reason == RejectReason.INVALID
    return Report(
        source=provider,
        event_id=event.event_id or _id_of(event, kind),
        kind=kind,
        happened_at=event.timestamp or timezone.now(),
        message_id=uuid_in((event.metadata or {}).get(METADATA) or event.message_id or ""),
        recipient=event.recipient or "",
        status_code=code[0] if code else "5.1.1" if invalid else "",
        said=said,
    )


def uuid_in(text: str) -> UUID | None:
    """The id of a row, alone or as the left half of a Message-ID."""
    try:
        return UUID(str(text).strip(" <>").partition("@")[0])
    except ValueError:
        return None


def _id_of(event: Any, kind: str) -> str:
    """Some providers number no events: what they say is their number."""
    words = f"{kind} {event.message_id} {event.recipient} {event.timestamp}"
    return salted_hmac("digests.delivery.providers", words).hexdigest()
