"""A mail's HTML as a page of its own, to be looked at in a frame."""

from __future__ import annotations

import re

from csp.constants import NONE, UNSAFE_INLINE
from django.http import HttpResponse

HEAD = re.compile(r"<head[^>]*>", re.IGNORECASE)
#: A mail shows pictures and its own styles, opens links in a window of their own, and can do nothing else.
DIRECTIVES = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "img-src": ["http:", "https:", "data:"],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
}


def framed(html: str) -> HttpResponse:
    """Return the HTML as it is, but for links that open outside of the frame."""
    response = HttpResponse(HEAD.sub(lambda head: f'{head[0]}<base target="_blank">', html, count=1))
    response["Cache-Control"] = "private, no-store"
    response["X-Frame-Options"] = "SAMEORIGIN"
    setattr(response, "_csp_config", DIRECTIVES)  # noqa: B010 - the attribute that django-csp reads
    return response
