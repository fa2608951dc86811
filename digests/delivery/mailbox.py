"""Reading a mailbox of bounces: an IMAP folder, a Maildir or an mbox (BOUNCE_MAILBOX).

What was understood is removed; any other mail is marked as seen and left to people.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager
from email.message import Message
from imaplib import IMAP4
from itertools import islice
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings

from digests.delivery.bounces import report_in
from digests.delivery.events import hear
from digests.delivery.imap import imap_folder
from digests.delivery.mailfiles import mail_files

logger = logging.getLogger(__name__)
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
    opened: AbstractContextManager[Folder] = (
        imap_folder(parts) if parts.scheme.startswith("imap") else mail_files(parts)
    )
    understood = 0
    try:
        with opened as folder:
            for key, message in islice(folder.unseen(), AT_ONCE):
                understood += _read(folder, key, message)
    except (IMAP4.abort, OSError) as error:
        logger.warning("The mailbox of bounces went away; what is left is read the next time: %s", error)
    return understood


def _read(folder: Folder, key: str, message: Message) -> bool:
    """Record what the mail reports, and only then take it out of the way; hearing a report twice changes nothing."""
    try:
        report = report_in(message)
    except Exception:
        logger.exception("A mail in the mailbox of bounces cannot be read; it is left to people.")
        report = None
    if report is None:
        folder.mark_seen(key)
        return False
    hear(report)
    folder.remove(key)
    return True
