"""Reading a mailbox of bounces: an IMAP folder, a Maildir or an mbox (BOUNCE_MAILBOX).

What was understood is removed; any other mail is marked as seen and left to people.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from email.message import Message
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings

from digests.delivery.bounces import report_in
from digests.delivery.events import hear
from digests.delivery.imap import imap_folder
from digests.delivery.mailfiles import mail_files

AT_ONCE = 200


class Folder(Protocol):
    def unseen(self) -> Iterator[tuple[str, Message]]: ...
    def remove(self, key: str) -> None: ...
    def mark_seen(self, key: str) -> None: ...


def read_bounces(url: str | None = None) -> int:
    """Read at most `AT_ONCE` new mails and return how many of them were reports about digests."""
    parts = urlsplit(settings.BOUNCE_MAILBOX if url is None else url)
    if not parts.scheme:
        return 0
    understood = 0
    opened: AbstractContextManager[Folder] = (
        imap_folder(parts) if parts.scheme.startswith("imap") else mail_files(parts)
    )
    with opened as folder:
        for number, (key, message) in enumerate(folder.unseen()):
            if number >= AT_ONCE:
                break
            if report := report_in(message):
                hear(report)
                folder.remove(key)
                understood += 1
            else:
                folder.mark_seen(key)
    return understood
