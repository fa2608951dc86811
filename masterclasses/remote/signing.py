"""Signatures as Standard Webhooks has them, on what we send and on what comes in.

Any of the secrets in the settings is accepted, so that they can be changed without a gap; the first one signs.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from django.conf import settings
from django.core import signing
from django.urls import reverse
from standardwebhooks import Webhook, WebhookVerificationError

from masterclasses.models import RemoteJob

SOURCE_SALT = "masterclasses.remote.source"
SOURCE_LIFE = 6 * 3600  # seconds


class BadSignature(Exception):
    """Not from the remote encoder, or not of the last five minutes."""


def signed(body: str, *, message: str) -> dict[str, str]:
    """Headers that prove that `body` comes from this portal, now."""
    now = datetime.now(tz=UTC)
    return {
        "webhook-id": message,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(settings.REMOTE_ENCODER_SECRETS[0]).sign(message, now, body),
    }


def check(body: bytes, headers: Mapping[str, str]) -> None:
    """Raises BadSignature when no secret fits, or when the timestamp is more than five minutes from now."""
    for secret in settings.REMOTE_ENCODER_SECRETS:
        try:
            Webhook(secret).verify(body, dict(headers), json_parse=False)
        except (WebhookVerificationError, ValueError):
            continue
        return
    raise BadSignature


def source_address(job: RemoteJob) -> str:
    """Where the remote encoder, and nobody else, gets the source for some hours."""
    token = signing.dumps(str(job.uuid), salt=SOURCE_SALT)
    return settings.BASE_URL + reverse("masterclasses:remote_source", args=(token,))


def job_of(token: str) -> str | None:
    """The job that an address was made for; None when it was not made by us or is too old."""
    try:
        return str(signing.loads(token, salt=SOURCE_SALT, max_age=SOURCE_LIFE))
    except signing.BadSignature:
        return None
