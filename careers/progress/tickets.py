"""The ticket of a reading session: who reads which page since when, signed, so that our clock bounds reports."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING
from uuid import uuid4

from django.core.signing import BadSignature, Signer

if TYPE_CHECKING:
    from accounts.models import User
    from home.models import ContentPage

#: Reports may wait for a connection this long.
LIFETIME = timedelta(days=7)
_FORM = re.compile(r"([1-9][0-9]{0,18})\.([1-9][0-9]{0,18})\.([1-9][0-9]{0,14})\.([0-9a-f]{32})")


class NotATicket(ValueError):
    """What was shown was not made here, or its time is over."""


@dataclass(frozen=True)
class Ticket:
    person_id: int
    page_id: int
    started_at: datetime
    key: str


def issue(person: User, page: ContentPage) -> str:
    """Return a ticket that begins now; milliseconds are rounded up, so that it begins after whatever was just done."""
    return _signer().sign(f"{person.pk}.{page.pk}.{ceil(time.time() * 1000)}.{uuid4().hex}")


def read(text: str) -> Ticket:
    """Return what a ticket says; raises NotATicket."""
    try:
        found = _FORM.fullmatch(_signer().unsign(text))
    except BadSignature as error:
        raise NotATicket(text) from error
    if not found:
        raise NotATicket(text)
    person_id, page_id, milliseconds = (int(found[number]) for number in (1, 2, 3))
    ticket = Ticket(person_id, page_id, datetime.fromtimestamp(milliseconds / 1000, tz=UTC), found[4])
    if not timedelta(seconds=-1) <= datetime.now(tz=UTC) - ticket.started_at <= LIFETIME:
        raise NotATicket(text)
    return ticket


def _signer() -> Signer:
    return Signer(salt="careers.progress.tickets")
