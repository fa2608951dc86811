"""A session: one player, from the moment the server told it to begin.

Its name is signed together with the person and the part, so that a browser cannot claim to have begun earlier than it
has, nor send what somebody else has watched. Nothing is stored for it.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.utils.crypto import get_random_string
from django.utils.http import base36_to_int, int_to_base36

_FORM = re.compile(r"([0-9a-z]{1,13})\.([0-9a-z]{1,13})\.(([0-9a-z]{1,11})\.[A-Za-z0-9]{8})\.([A-Za-z0-9_-]{43})")


@dataclass(frozen=True)
class Session:
    """`name` is what the ledger calls it; `began` is in seconds since 1970, by the server's clock."""

    name: str
    person: int
    part: int
    began: float


def begin(*, person: int, part: int, now: float | None = None) -> str:
    """Return the token of a new session, which begins now."""
    began = int_to_base36(int((time.time() if now is None else now) * 1000))
    text = f"{int_to_base36(person)}.{int_to_base36(part)}.{began}.{get_random_string(8)}"
    return f"{text}.{_signer().signature(text)}"


def read(token: object) -> Session | None:
    """Return the session that a token of ours names; None for anything else."""
    found = _FORM.fullmatch(token) if isinstance(token, str) else None
    if not found:
        return None
    person, part, name, began, signature = found.groups()
    try:
        _signer().unsign(f"{person}.{part}.{name}:{signature}")
    except BadSignature:
        return None
    return Session(name, base36_to_int(person), base36_to_int(part), base36_to_int(began) / 1000)


def _signer() -> Signer:
    return Signer(salt="masterclasses.watching")
