"""The message around a rendered digest: its headers and its two bodies."""

from __future__ import annotations

from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from digests.delivery.providers import METADATA
from digests.links import Links
from digests.models import Delivery
from digests.rendering import Rendered
from jobs.mail import one_line

#: RFC 5322, 2.1.1: what a line may have at most. Ordinary folding begins at 78.
LONGEST_LINE = 998


class UnfoldedMessage(EmailMultiAlternatives):
    """Keeps each header on one line: some mailboxes do not read a List-Unsubscribe that was folded."""

    def message(self, *args: Any, **kwargs: Any) -> Any:
        message = super().message(*args, **kwargs)
        message.policy = message.policy.clone(max_line_length=LONGEST_LINE)
        return message


def build(row: Delivery, rendered: Rendered, links: Links) -> EmailMultiAlternatives:
    """Return the message to one person, equal at every attempt."""
    message = UnfoldedMessage(
        subject=rendered.subject,
        body=rendered.text,
        from_email=settings.DIGEST_FROM_EMAIL,
        to=[row.subscriber.email],
        headers={
            "Message-ID": message_id(row),
            "List-ID": list_id(),
            # RFC 2369 and RFC 8058.
            "List-Unsubscribe": f"<{links.unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            # RFC 3834; the second one is Exchange's.
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "OOF, AutoReply",
            "Precedence": "bulk",
        },
    )
    message.metadata = {METADATA: str(row.message_id)}  # type: ignore[attr-defined] # Anymail's: comes back with events
    message.attach_alternative(rendered.html, "text/html")
    return message


def message_id(row: Delivery) -> str:
    """RFC 5322, 3.6.4. The same at a second attempt, so that a mailbox may drop the second copy."""
    return f"<{row.message_id}@{parseaddr(settings.DIGEST_FROM_EMAIL)[1].rpartition('@')[2]}>"


def list_id() -> str:
    """RFC 2919."""
    name = one_line(settings.WAGTAIL_SITE_NAME).replace('"', "")
    return f'"{name}" <digest.{urlsplit(settings.BASE_URL).hostname}>'
