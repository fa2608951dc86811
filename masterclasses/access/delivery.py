"""How a file of the media storage gets to a browser: by a proxy, from S3, or through us with ranges."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag

from masterclasses.access.ranges import ByteRange, Unsatisfiable, parse_range

logger = logging.getLogger(__name__)
CONTENT_TYPES = {
    "m3u8": "application/vnd.apple.mpegurl",
    "m4s": "video/iso.segment",
    "mp4": "video/mp4",
    "m4a": "audio/mp4",
    "jpg": "image/jpeg",
    "vtt": "text/vtt; charset=utf-8",
}
#: Small, and full of names that are relative to our address: never sent elsewhere.
OURS = {"m3u8", "vtt"}
BLOCK = 256 * 1024
A_YEAR = 31_536_000
A_MOMENT = 60
#: How long a signed address of S3 works, in seconds; a redirect to it may be kept for much less.
S3_SECONDS = 3600
S3_REDIRECT_SECONDS = 600


def deliver(request: HttpRequest, path: str, *, public: bool) -> HttpResponseBase:
    """The file at `path` in the media storage; what is at the address of an encode never changes.

    Raises Http404 when it is not there.
    """
    ending = path.rpartition(".")[2]
    response = _elsewhere(path) if ending not in OURS else None
    max_age = A_YEAR
    if isinstance(response, HttpResponseRedirect):
        max_age = min(max_age, S3_REDIRECT_SECONDS)
    response = response or _ranged(request, path)
    if not isinstance(response, HttpResponseRedirect):
        response["Content-Type"] = CONTENT_TYPES[ending]
    return sealed(response, public=public, max_age=max_age)


def sealed(response: HttpResponseBase, *, public: bool, max_age: int) -> HttpResponseBase:
    """A browser may play it, but never run it; what is not for everybody is kept by no cache."""
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Referrer-Policy"] = "no-referrer"
    if not public:
        patch_cache_control(response, private=True, no_store=True)
    elif max_age == A_YEAR:
        patch_cache_control(response, public=True, immutable=True, max_age=max_age)
    else:
        patch_cache_control(response, public=True, max_age=max_age)
    return response


def _elsewhere(path: str) -> HttpResponseBase | None:
    """An answer without a body, if a proxy or S3 sends the file; None if we do."""
    if settings.MEDIA_ACCEL:
        return HttpResponse(headers={"X-Accel-Redirect": settings.MEDIA_ACCEL + quote(path)})
    if settings.MEDIA_S3_DIRECT:
        return _signed_by_s3(path)
    return None


def _signed_by_s3(path: str) -> HttpResponseRedirect | None:
    """A redirect to the bucket; None, so that we send the file, if its address is not the one that pages allow."""
    asked = {"ResponseContentType": CONTENT_TYPES[path.rpartition(".")[2]]}
    address = default_storage.url(path, parameters=asked, expire=S3_SECONDS)  # type: ignore[call-arg]
    if address.startswith(f"{settings.MEDIA_S3_DIRECT.rstrip('/')}/"):
        return HttpResponseRedirect(address)
    logger.error("MEDIA_S3_DIRECT is %s, but files are at %s", settings.MEDIA_S3_DIRECT, address.partition("?")[0])
    return None


def _ranged(request: HttpRequest, path: str) -> HttpResponseBase:
    size = _size(path)
    etag = quote_etag(f"{path.split('/')[-2]}-{size}")
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    try:
        wanted = parse_range(request.headers.get("Range", ""), size) if _range_holds(request, etag) else None
    except Unsatisfiable:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}", "Accept-Ranges": "bytes"})
    response = _body(request, path, wanted or ByteRange(0, size - 1), status=206 if wanted else 200)
    if wanted:
        response["Content-Range"] = wanted.content_range(size)
    response["ETag"] = etag
    response["Accept-Ranges"] = "bytes"
    return response


def _size(path: str) -> int:
    try:
        return default_storage.size(path)
    except OSError as error:
        raise Http404 from error
    except Exception as error:  # S3 has errors of its own
        if default_storage.exists(path):
            raise
        raise Http404 from error


def _range_holds(request: HttpRequest, etag: str) -> bool:
    """A range counts for GET only, and only if the file is still the one that If-Range names."""
    return request.method == "GET" and request.headers.get("If-Range", etag) == etag


def _body(request: HttpRequest, path: str, part: ByteRange, *, status: int) -> HttpResponseBase:
    length = {"Content-Length": str(part.length)}
    if request.method == "HEAD":
        return HttpResponse(status=status, headers=length)
    return StreamingHttpResponse(blocks(path, part), status=status, headers=length)


def blocks(path: str, part: ByteRange) -> Iterator[bytes]:
    """The part, block by block. The file is closed at the end, and when the visitor goes away."""
    with default_storage.open(path) as stream:
        stream.seek(part.first)
        left = part.length
        while left and (block := stream.read(min(BLOCK, left))):
            left -= len(block)
            yield block
