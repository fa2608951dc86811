"""Short, opaque links that let one subscriber do one thing, signed in or not.

A token is the subscriber's number and 128 bits of a keyed hash over it and the purpose, so that a token of one
purpose means nothing to another. The key is the subscriber's own secret: links live as long as the subscriber,
whatever becomes of the portal's SECRET_KEY. A token for confirming also carries when it was made.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, reverse
from django.utils import timezone, translation
from django.utils.translation import get_language

from digests.models import Subscriber

MAC_BYTES = 16
TIME_BYTES = 6
LONGEST_PLACE = 48
CONFIRM_WITHIN = timedelta(days=7)
_PLACE = "place-of-the-token"


class Purpose(StrEnum):
    CONFIRM = "confirm"
    UNSUBSCRIBE = "unsubscribe"
    PREFERENCES = "preferences_by_link"
    RETURN = "return"


@dataclass(frozen=True)
class Link:
    subscriber: Subscriber
    made_at: datetime | None

    @property
    def expired(self) -> bool:
        return self.made_at is not None and self.made_at < timezone.now() - CONFIRM_WITHIN


@dataclass(frozen=True)
class Links:
    """The two links in the foot of every digest."""

    preferences: str
    unsubscribe: str

    @classmethod
    def of(cls, subscriber: Subscriber) -> Links:
        with translation.override(subscriber.reads_in):
            return cls(url(subscriber, Purpose.PREFERENCES), url(subscriber, Purpose.UNSUBSCRIBE))

    @classmethod
    def of_nobody(cls) -> Links:
        """For previews and tests, in which nobody's subscription can be changed."""
        subscribe = settings.BASE_URL + reverse("digests:subscribe")
        return cls(subscribe, subscribe)


def token(subscriber: Subscriber, purpose: Purpose, *, now: datetime | None = None) -> str:
    """Return 24 to 36 characters that are safe in an address."""
    body = subscriber.pk.to_bytes((subscriber.pk.bit_length() + 7) // 8)
    if purpose == Purpose.CONFIRM:
        body += _milliseconds(now or timezone.now()).to_bytes(TIME_BYTES)
    return urlsafe_b64encode(body + _mac(subscriber, purpose, body)).rstrip(b"=").decode()


def url(subscriber: Subscriber, purpose: Purpose, *, now: datetime | None = None) -> str:
    """Return the whole address, for mail."""
    return settings.BASE_URL + _path(purpose, get_script_prefix(), get_language()).replace(
        _PLACE, token(subscriber, purpose, now=now)
    )


@lru_cache
def _path(purpose: Purpose, _prefix: str, _language: str | None) -> str:
    return reverse(f"digests:{purpose}", args=[_PLACE])


def read(text: str, purpose: Purpose) -> Link | None:
    """Return what a token stands for, or None for one that was forged, cut, or made for something else."""
    body, mac = _decode(text)
    timed = TIME_BYTES if purpose == Purpose.CONFIRM else 0
    number = int.from_bytes(body[: len(body) - timed])
    if len(body) <= timed or not 0 < number < 2**63:
        return None
    subscriber = Subscriber.objects.filter(pk=number).first()
    if subscriber is None or not hmac.compare_digest(mac, _mac(subscriber, purpose, body)):
        return None
    made_at = datetime.fromtimestamp(int.from_bytes(body[-timed:]) / 1000, UTC) if timed else None
    return Link(subscriber, made_at)


def _mac(subscriber: Subscriber, purpose: Purpose, body: bytes) -> bytes:
    message = f"digests.links:{purpose}:".encode() + body
    return hmac.digest(bytes.fromhex(subscriber.secret), message, "sha256")[:MAC_BYTES]


def _decode(text: str) -> tuple[bytes, bytes]:
    """Split a token; only its one proper spelling counts, for base64 has several."""
    if len(text) > LONGEST_PLACE or not text.isascii():
        return b"", b""
    try:
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except Error:
        return b"", b""
    if urlsafe_b64encode(raw).rstrip(b"=").decode() != text:
        return b"", b""
    return raw[:-MAC_BYTES], raw[-MAC_BYTES:]


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
