"""Reads the mails that the embedded default writes to files (Django's file backend)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings

#: What Django's file backend writes after each message.
BETWEEN = re.compile(rb"^-{79}\n", re.MULTILINE)
FILE_NAME = re.compile(r"\d{8}-\d{6}-\d+\.log")
MOST_FILES = 100
MOST_MAILS = 200


@dataclass(frozen=True)
class StoredMail:
    """`name` and `number` say in which file it is, and where in that file."""

    name: str
    number: int
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"] or "")

    @property
    def to(self) -> str:
        return str(self.message["To"] or "")

    @property
    def date(self) -> datetime:
        try:
            return parsedate_to_datetime(str(self.message["Date"]))
        except ValueError:
            return datetime.min.replace(tzinfo=UTC)

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [(name, str(value)) for name, value in self.message.items()]

    @property
    def text(self) -> str:
        return self._body("plain")

    @property
    def html(self) -> str:
        return self._body("html")

    def _body(self, subtype: str) -> str:
        part = self.message.get_body((subtype,))
        return str(part.get_content()) if part else ""


def newest() -> list[StoredMail]:
    """Return the newest mails, newest first."""
    folder = Path(settings.EMAIL_FILE_PATH)
    names = sorted((path.name for path in folder.glob("*.log") if FILE_NAME.fullmatch(path.name)), reverse=True)
    mails = [mail for name in names[:MOST_FILES] for mail in _mails(folder / name)]
    return sorted(mails, key=lambda mail: (mail.date, mail.name, mail.number), reverse=True)[:MOST_MAILS]


def find(name: str, number: int) -> StoredMail | None:
    path = Path(settings.EMAIL_FILE_PATH) / name
    if not FILE_NAME.fullmatch(name) or not path.is_file():
        return None
    return next((mail for mail in _mails(path) if mail.number == number), None)


def _mails(path: Path) -> Iterator[StoredMail]:
    for number, raw in enumerate(BETWEEN.split(path.read_bytes())):
        if raw.strip():
            message = message_from_bytes(raw.removesuffix(b"\n"), policy=default)
            if isinstance(message, EmailMessage):
                yield StoredMail(path.name, number, message)
