"""Renditions of images, the only uploaded files that have a plain address.

Originals, documents and videos never have one: documents go through Wagtail's own view, videos through `/watch/`.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.static import serve

A_YEAR = 31_536_000


@require_safe
@cache_control(public=True, immutable=True, max_age=A_YEAR)
def rendition(request: HttpRequest, name: str) -> HttpResponseBase:
    """Serve one rendition from the media folder; a browser may show it, but never run it."""
    response = serve(request, name, document_root=settings.MEDIA_ROOT / "images")
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
