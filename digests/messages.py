"""The message around a rendered digest: its headers and its two bodies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import formatdate, parseaddr
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import sanitize_address
from django.utils.html import escape

from digests.delivery.providers import METADATA
from digests.links import Links
from digests.models import Delivery
from digests.rendering import Rendered
from digests.rendering.rendered import HOLES, hole
from jobs.mail import one_line
from jobs.naming import portal_name

#: RFC 5322, 2.1.1: what a line may have at most. Ordinary folding begins at 78.
LONGEST_LINE = 998
TO, MESSAGE_ID, DATE = f"{hole('to')}@example.org", f"<{hole('message-id')}@example.org>", hole("date")
PLAIN = re.compile(r"[a-zA-Z0-9_+-]+(\.[a-zA-Z0-9_+-]+)*@[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)+")
#: Skeletons that are kept, some 50 kB each.
SKELETONS = 128


class UnfoldedMessage(EmailMultiAlternatives):
    """Keeps each header on one line: some mailboxes do not read a List-Unsubscribe that was folded."""

    def message(self, *args: Any, **kwargs: Any) -> Any:
        message = super().message(*args, **kwargs)
        message.policy = message.policy.clone(max_line_length=LONGEST_LINE)
        return message


@dataclass(frozen=True)
class Letter:
    """One person's mail, which knows what it has in common with others; `key` is Anymail's, back with its events."""

    to: str
    message_id: str
    shared: Rendered
    links: Links
    key: str = ""
    date: str = ""

    def email(self) -> UnfoldedMessage:
        """The whole mail, for whatever backend takes it."""
        rendered = self.shared.for_person(self.links)
        headers = headers_of(self.message_id, self.links) | ({"Date": self.date} if self.date else {})
        sender = settings.DIGEST_FROM_EMAIL
        email = UnfoldedMessage(rendered.subject, rendered.text, sender, [self.to], headers=headers)
        email.attach_alternative(rendered.html, "text/html")
        email.metadata = {METADATA: self.key}  # type: ignore[attr-defined] # Anymail's
        return email

    def envelope(self) -> tuple[str, str]:
        """Sender and recipient as the mail server is told them."""
        return safe_address(settings.DIGEST_FROM_EMAIL), safe_address(self.to)

    def raw(self) -> bytes:
        """The bytes of `email()`, quickly: a mail to nobody was made once, and its holes are filled."""
        skeleton = skeleton_of(self.shared, settings.DIGEST_FROM_EMAIL, list_id())
        values = {
            TO: self.envelope()[1],
            MESSAGE_ID: self.message_id,
            DATE: formatdate(localtime=settings.EMAIL_USE_LOCALTIME),
            HOLES.preferences: self.links.preferences,
            HOLES.unsubscribe: self.links.unsubscribe,
        }
        if skeleton is None or not all(map(_is_plain, values.values())):
            return bytes(self.email().message().as_bytes(linesep="\r\n"))
        for name, value in values.items():
            skeleton = skeleton.replace(name.encode(), value.encode())
        return skeleton


def build(row: Delivery, rendered: Rendered, links: Links) -> Letter:
    """Return the message to one person, equal at every attempt; `rendered` may have holes for the links."""
    return Letter(row.subscriber.email, message_id(row), rendered, links, key=str(row.message_id))


@lru_cache(maxsize=SKELETONS)
def skeleton_of(shared: Rendered, sender: str, list_id: str) -> bytes | None:
    """The bytes of a mail to nobody. None when its encoding hides a hole, as that of very long lines does.

    `sender` and `list_id` are those of the settings, and make it another mail.
    """
    letter = Letter(TO, MESSAGE_ID, shared, HOLES, date=DATE)
    raw = bytes(letter.email().message().as_bytes(linesep="\r\n"))
    bodies = shared.html + shared.text
    wanted = {TO: 1, MESSAGE_ID: 1, DATE: 1}
    wanted |= {
        HOLES.preferences: bodies.count(HOLES.preferences),
        HOLES.unsubscribe: bodies.count(HOLES.unsubscribe) + 1,
    }
    return raw if all(raw.count(name.encode()) == number for name, number in wanted.items()) else None


def _is_plain(value: str) -> bool:
    """Whether it is the same in a header, in HTML and in text, and can end no line."""
    return value.isascii() and value.isprintable() and (value == escape(value) or value.startswith("<"))


@lru_cache(maxsize=1024)
def safe_address(address: str) -> str:
    """The address as SMTP takes it, RFC 5321, 4.1.2; parsing a plain one would give it back as it is."""
    return address if PLAIN.fullmatch(address) else str(sanitize_address(address, settings.DEFAULT_CHARSET))


def headers_of(message_id: str, links: Links) -> dict[str, str]:
    return {
        "Message-ID": message_id,
        "List-ID": list_id(),
        # RFC 2369 and RFC 8058.
        "List-Unsubscribe": f"<{links.unsubscribe}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        # RFC 3834; the second one is Exchange's.
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        "Precedence": "bulk",
    }


def message_id(row: Delivery) -> str:
    """RFC 5322, 3.6.4. The same at a second attempt, so that a mailbox may drop the second copy."""
    return f"<{row.message_id}@{_domain_of(settings.DIGEST_FROM_EMAIL)}>"


@lru_cache
def _domain_of(address: str) -> str:
    return parseaddr(address)[1].rpartition("@")[2]


def list_id() -> str:
    """RFC 2919."""
    name = one_line(portal_name()).replace('"', "")
    return f'"{name}" <digest.{urlsplit(settings.BASE_URL).hostname}>'
