"""Whole public pages from the cache for anonymous visitors (`docs/adr/0004-page-cache.md`).

A public page is the same for everybody. What this middleware stores was answered to a visitor without any cookie, is
keyed by address, which says the language, and the known parameters, and carries the version of the content it was made
from: any publication gives a new version, and every stored page is out of date at once.
"""

from __future__ import annotations

import gzip
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.utils.cache import get_conditional_response, has_vary_header, patch_cache_control, patch_vary_headers

from home import content_version
from home.fragments import LONGEST_VALUE
from home.languages import without_prefix

logger = logging.getLogger(__name__)

PRIVATE_PREFIXES = (
    "/admin/",
    "/django-admin/",
    "/accounts/",
    "/learning/",
    "/c/",
    "/credentials/",
    "/.well-known/",
    "/digest/",
    "/watch/",
    "/documents/",
    "/health/",
    "/dev/",
    "/media/",
    "/look/",  # says itself how long it may be kept
    "/search/",  # as many addresses as there are words
)
#: Parameters that a public page reads; others than these and the ignored are answered, but never stored.
PARAMETERS = {"area", "kind", "length", "page", "p", "tag"}
IGNORED_PREFIXES = ("utm_", "fbclid", "gclid", "mc_")
LARGEST_PAGE = 1_000_000
ACCEPTS_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:\s*[,;]|\s*$))", re.IGNORECASE)
OWN_CSP = ("_csp_config", "_csp_update", "_csp_replace", "_csp_exempt", "_csp_exempt_ro")


@dataclass(frozen=True)
class StoredPage:
    """`packed` is the content as gzip: there is no secret in what everybody gets, so its length tells none (BREACH)."""

    version: str
    content: bytes
    headers: dict[str, str]
    packed: bytes = b""

    def response(self, request: HttpRequest) -> HttpResponse:
        is_packed = bool(self.packed and ACCEPTS_GZIP.search(request.headers.get("Accept-Encoding", "")))
        content = self.packed if is_packed else self.content
        response = HttpResponse(b"" if request.method == "HEAD" else content, headers=self.headers)
        if is_packed:
            response["Content-Encoding"] = "gzip"
            response["ETag"] = f'{self.headers["ETag"][:-1]}-gzip"'
        response["Content-Length"] = str(len(content))
        return response


class PageCacheMiddleware:
    """Stands below the security headers and above sessions, so that a hit asks neither session nor database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = key_of(request) if settings.PAGE_CACHE_SECONDS and is_anonymous(request) else None
        if key is None:
            return keep_private(self.get_response(request))
        version, page = look_up(key)
        if page is None:
            content_version.remember(request, version)
            answer = self.get_response(request)
            if version is None or not may_store(request, answer):
                return keep_private(answer)
            page = store(key, version, answer)
        response = page.response(request)
        return get_conditional_response(request, etag=response["ETag"], response=response) or response


def is_anonymous(request: HttpRequest) -> bool:
    """Whether nothing about the request tells one visitor from another. Wagtail's previews are dummy requests."""
    named = {settings.SESSION_COOKIE_NAME, "messages"} & request.COOKIES.keys()
    return not named and "Authorization" not in request.headers and not getattr(request, "is_dummy", False)


def key_of(request: HttpRequest) -> str | None:
    """Return the page's key, or None when the address is not one to store.

    The host is taken as it was sent; a host that is not allowed is refused below and so never stored.
    """
    if request.method not in {"GET", "HEAD"} or without_prefix(request.path).startswith(PRIVATE_PREFIXES):
        return None
    query = _query(request.GET)
    if query is None:
        return None
    address = "\n".join([request.scheme or "", request.headers.get("Host", ""), request.path, query])
    return f"page-cache:{blake2b(address.encode('utf-8', 'replace'), digest_size=16).hexdigest()}"


def _query(parameters: QueryDict) -> str | None:
    known = QueryDict(mutable=True)
    for name in sorted(parameters):
        if name in PARAMETERS:
            known.setlist(name, parameters.getlist(name)[-1:])
        elif not name.startswith(IGNORED_PREFIXES):
            return None
    return None if any(len(value) > LONGEST_VALUE for value in known.values()) else known.urlencode()


def may_store(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether everybody may see this response: a plain 200 that hangs on no cookie and is not marked as private."""
    control = response.headers.get("Cache-Control", "")
    return (
        request.method == "GET"
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not any(word in control for word in ("private", "no-store", "no-cache"))
        and not has_vary_header(response, "Cookie")
        and not any(hasattr(response, name) for name in OWN_CSP)
        and len(getattr(response, "content", b"")) <= LARGEST_PAGE
    )


def look_up(key: str) -> tuple[str | None, StoredPage | None]:
    """Return the version of the content and the page stored for it; a cache that is down stores nothing."""
    try:
        found: dict[str, Any] = cache.get_many([content_version.KEY, key])
    except Exception:
        logger.exception("The cache does not answer; pages are made anew")
        return None, None
    version, page = found.get(content_version.KEY) or content_version.current(), found.get(key)
    return version, page if page and page.version == version else None


def store(key: str, version: str, response: HttpResponseBase) -> StoredPage:
    """Store a page under the version that was current *before* it was made: a change in between makes it void."""
    content: bytes = getattr(response, "content", b"")
    patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    patch_vary_headers(response, ["Accept-Encoding"])
    response.headers["ETag"] = f'"{blake2b(content, digest_size=12).hexdigest()}"'
    page = StoredPage(version, content, dict(response.headers), gzip.compress(content, mtime=0))
    try:
        cache.set(key, page, settings.PAGE_CACHE_SECONDS)
    except Exception:
        logger.exception("The cache does not take %s", key)
    return page


def keep_private(response: HttpResponseBase) -> HttpResponseBase:
    """Let no shared cache store what was answered to one person; what says something itself is left alone."""
    if "Cache-Control" not in response.headers:
        patch_cache_control(response, private=True, no_cache=True)
    return response
