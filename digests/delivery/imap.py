"""An IMAP folder as a mailbox of bounces."""

from __future__ import annotations

import imaplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes
from email.message import Message
from urllib.parse import SplitResult, unquote

PORTS = {"imap": 143, "imaps": 993}
TIMEOUT = 30  # seconds


class Imap:
    def __init__(self, server: imaplib.IMAP4) -> None:
        self.server = server

    def unseen(self) -> Iterator[tuple[str, Message]]:
        _status, found = self.server.uid("SEARCH", "UNSEEN")
        for uid in (found[0] or b"").split():
            _status, data = self.server.uid("FETCH", uid.decode(), "(BODY.PEEK[])")
            if data and isinstance(data[0], tuple):
                yield uid.decode(), message_from_bytes(data[0][1])

    def remove(self, key: str) -> None:
        self.server.uid("STORE", key, "+FLAGS", r"(\Seen \Deleted)")

    def mark_seen(self, key: str) -> None:
        self.server.uid("STORE", key, "+FLAGS", r"(\Seen)")


@contextmanager
def imap_folder(parts: SplitResult) -> Iterator[Imap]:
    kind = imaplib.IMAP4_SSL if parts.scheme == "imaps" else imaplib.IMAP4
    port = parts.port or PORTS[parts.scheme]
    server = kind(parts.hostname or "", port, timeout=TIMEOUT)
    try:
        server.login(unquote(parts.username or ""), unquote(parts.password or ""))
        status, said = server.select(unquote(parts.path.strip("/")) or "INBOX")
        if status != "OK":
            raise RuntimeError(f"BOUNCE_MAILBOX: the folder cannot be opened ({said!r}).")
        yield Imap(server)
        server.expunge()
        server.logout()
    finally:
        with suppress(OSError):  # a line that is dead, or was hung up by the logout, has nothing more to close
            server.shutdown()
