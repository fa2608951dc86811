"""Which state of the content visitors see: one random value, replaced after the commit of every publication.

Whatever is derived from content and kept carries the value that was read *before* the content was: a change in between
makes it void. Caches of pages and of fragments share it (`docs/adr/0004-page-cache.md`, `0011-fragments.md`).
"""

from __future__ import annotations

import logging
from uuid import uuid4

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

logger = logging.getLogger(__name__)

KEY = "content-version"


def new() -> str:
    return uuid4().hex


def current() -> str | None:
    """Return the version, or None when the cache does not answer: then nothing may be kept or looked up."""
    try:
        return str(cache.get_or_set(KEY, new, None))
    except Exception:
        logger.exception("The cache does not answer; pages are made anew")
        return None


def of(request: HttpRequest) -> str | None:
    """Return the version for one request, which asks the cache once however often this is called."""
    if not hasattr(request, "content_version"):
        remember(request, current())
    version: str | None = request.content_version  # type: ignore[attr-defined]
    return version


def remember(request: HttpRequest, version: str | None) -> None:
    request.content_version = version  # type: ignore[attr-defined]


def renew() -> None:
    """Make void whatever was made from the content as it was."""
    try:
        cache.set(KEY, new(), None)
    except Exception:
        logger.exception("The cache does not answer; what is kept lives on for %s s", settings.PAGE_CACHE_SECONDS)
