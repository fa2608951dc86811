"""A Maildir or an mbox of this machine as a mailbox of bounces."""

from __future__ import annotations

import mailbox
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from urllib.parse import SplitResult, unquote


class Files:
    def __init__(self, box: mailbox.Maildir | mailbox.mbox) -> None:
        self.box = box

    def unseen(self) -> Iterator[tuple[str, Message]]:
        for key in self.box.keys():  # noqa: SIM118 - a mailbox iterates over its messages
            message = self.box[key]
            if "S" not in message.get_flags() and "R" not in message.get_flags():
                yield key, message

    def remove(self, key: str) -> None:
        self.box.remove(key)

    def mark_seen(self, key: str) -> None:
        message = self.box[key]
        if isinstance(message, mailbox.MaildirMessage):
            message.set_subdir("cur")
        message.add_flag("S" if isinstance(message, mailbox.MaildirMessage) else "R")
        self.box[key] = message


@contextmanager
def mail_files(parts: SplitResult) -> Iterator[Files]:
    path = unquote(parts.path)
    box = mailbox.Maildir(path, create=False) if parts.scheme == "maildir" else mailbox.mbox(path, create=False)
    box.lock()
    try:
        yield Files(box)
    finally:
        box.close()
