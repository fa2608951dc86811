"""What a mail in the mailbox of bounces reports: a delivery status (RFC 3464) or a complaint (RFC 5965)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from hashlib import sha256
from uuid import UUID

from django.utils import timezone

from digests.delivery.events import Report
from digests.models import MailEvent

Kind = MailEvent.Kind
#: RFC 3464, 2.3.3. `relayed` and `expanded` say nothing about the end.
ACTIONS = {"failed": Kind.BOUNCED, "delayed": Kind.DEFERRED, "delivered": Kind.DELIVERED}
OURS = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@", re.IGNORECASE)
SOURCE = "mailbox"


def report_in(message: Message) -> Report | None:
    """Return what the mail reports about a digest of ours; None for any other mail.

    The unguessable Message-ID in the returned part is what proves that our mail is meant.
    """
    if message.get_content_type() != "multipart/report":
        return None
    original = _original_id(message)
    if original is None:
        return None
    kind, fields = _complaint(message) or _status(message)
    if kind is None:
        return None
    return Report(
        source=SOURCE,
        event_id=sha256(f"{message['Message-ID']} {original} {kind}".encode()).hexdigest(),
        kind=kind,
        happened_at=_date(message),
        message_id=original,
        recipient=_after_semicolon(fields, "Original-Recipient") or _after_semicolon(fields, "Final-Recipient"),
        status_code=str(fields.get("Status", "")).strip().split(" ")[0] if fields else "",
        said=_after_semicolon(fields, "Diagnostic-Code"),
    )


def _original_id(message: Message) -> UUID | None:
    for part in message.walk():
        if part is not message and part.get_content_type() in ("message/rfc822", "text/rfc822-headers"):
            inner = part.get_payload(0) if part.is_multipart() else None
            text = str(inner["Message-ID"] or "") if isinstance(inner, Message) else _text(part)
            if found := OURS.search(text):
                return UUID(found[1])
    return None


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""


def _complaint(message: Message) -> tuple[str, Message] | None:
    if str(message.get_param("report-type", "")).lower() != "feedback-report":
        return None
    return Kind.COMPLAINED, Message()


def _status(message: Message) -> tuple[str | None, Message]:
    """The first recipient's fields and what they mean. There is one: each digest is a mail of its own."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status" and part.is_multipart():
            for fields in part.get_payload():
                if isinstance(fields, Message) and fields["Action"]:
                    return ACTIONS.get(str(fields["Action"]).strip().lower()), fields
    return None, Message()


def _after_semicolon(fields: Message, name: str) -> str:
    """RFC 3464 writes `rfc822; name@example.org` and `smtp; 550 …`."""
    _type, _semicolon, value = str(fields.get(name, "")).partition(";")
    return " ".join(value.split())


def _date(message: Message) -> datetime:
    try:
        at = parsedate_to_datetime(str(message["Date"]))
    except ValueError:
        return timezone.now()
    return min(at if at.tzinfo else at.replace(tzinfo=UTC), timezone.now())
