"""Settings that are each in order, but not together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.http.request import validate_host

from portal.environment_forms import LAST_REDIS_DATABASE, is_this_machine


def refuse_contradictions(values: Mapping[str, Any]) -> None:
    """Raises ImproperlyConfigured with one sentence for the first contradiction."""
    refuse_a_cache_beyond_redis(values)
    if values["PORTAL_MODE"] == "production":
        refuse_unsafe_production(values)
    if values["VIDEO_ENCODER"] == "remote":
        refuse_half_a_remote_encoder(values)


def refuse_a_cache_beyond_redis(values: Mapping[str, Any]) -> None:
    broker = urlsplit(values["REDIS_URL"]).path.strip("/")
    if broker and not values["CACHE_URL"] and int(broker) >= LAST_REDIS_DATABASE:
        raise ImproperlyConfigured(
            f"CACHE_URL must be set: REDIS_URL names database {broker}, and Redis has none after "
            f"{LAST_REDIS_DATABASE} for the cache."
        )


def refuse_unsafe_production(values: Mapping[str, Any]) -> None:
    if values["DEBUG"]:
        raise ImproperlyConfigured("DEBUG=true is refused in production: it shows secrets to visitors.")
    if values["MEDIA_ACCEL"] and values["MEDIA_S3_BUCKET"]:
        raise ImproperlyConfigured("MEDIA_ACCEL is for a media folder: with MEDIA_S3_BUCKET use MEDIA_S3_DIRECT.")
    if values["MEDIA_S3_DIRECT"] and not values["MEDIA_S3_BUCKET"]:
        raise ImproperlyConfigured("MEDIA_S3_DIRECT needs MEDIA_S3_BUCKET, the bucket that it leads to.")
    host = urlsplit(values["BASE_URL"]).hostname or ""
    if not validate_host(host, values["ALLOWED_HOSTS"]):
        raise ImproperlyConfigured(f"ALLOWED_HOSTS must contain {host}, the host of BASE_URL.")


def refuse_half_a_remote_encoder(values: Mapping[str, Any]) -> None:
    for name in ("REMOTE_ENCODER_URL", "REMOTE_ENCODER_SECRETS"):
        if not values[name]:
            raise ImproperlyConfigured(f"{name} must be set when VIDEO_ENCODER=remote.")
    plain = values["BASE_URL"].startswith("http://")
    if plain and not is_this_machine(urlsplit(values["REMOTE_ENCODER_URL"]).hostname):
        raise ImproperlyConfigured(
            "BASE_URL must begin with https:// when VIDEO_ENCODER=remote: the remote encoder fetches videos from there."
        )
