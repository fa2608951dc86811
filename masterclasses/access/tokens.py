"""Signed parts of addresses: this subject, for this person, until then.

A token stands in the *path* of an address, so that whatever a playlist names inherits it and no playlist is rewritten.
It is of no use to anybody else: the person in it must also be the one who is signed in.
"""

from __future__ import annotations

import re
import time
from datetime import timedelta

from django.core.signing import BadSignature, Signer
from django.utils.http import base36_to_int, int_to_base36

LIFETIME = timedelta(hours=4)
_FORM = re.compile(r"([0-9a-z]{1,13})\.([0-9a-z]{1,8})\.([A-Za-z0-9_-]{43})")


def sign(*, subject: str, user_pk: int) -> str:
    """Return a token that holds for four hours."""
    person, until = int_to_base36(user_pk), int_to_base36(int(time.time() + LIFETIME.total_seconds()))
    return f"{person}.{until}.{_signer().signature(_value(subject, person, until))}"


def holds(token: str, *, subject: str, user_pk: int | None) -> bool:
    """Whether the token was made here for this subject and this person, and its time is not over."""
    found = _FORM.fullmatch(token)
    if not found or user_pk is None:
        return False
    person, until, signature = found.groups()
    try:
        _signer().unsign(f"{_value(subject, person, until)}:{signature}")
    except BadSignature:
        return False
    return base36_to_int(person) == user_pk and time.time() < base36_to_int(until)


def _signer() -> Signer:
    return Signer(salt="masterclasses.access")


def _value(subject: str, person: str, until: str) -> str:
    return f"{subject}:{person}:{until}"
