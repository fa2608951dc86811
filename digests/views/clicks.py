"""The links of a mail where the site counts clicks: the same for every reader, and on at once to the page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from digests.editions import clicks
from digests.rendering.items import path_of
from digests.selection.candidates import public_pages


@require_safe
@never_cache
def follow(request: HttpRequest, edition: int, page: int) -> HttpResponse:
    """Lead on to a page that is public, and to no other place. Programs that only look ahead are not counted."""
    found = public_pages(timezone.now()).filter(pk=page).first()
    if found is None:
        raise Http404
    if request.method == "GET" and not _looks_ahead(request):
        clicks.count(edition=edition, page=page)
    response = HttpResponseRedirect(path_of(found))
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _looks_ahead(request: HttpRequest) -> bool:
    """Fetch Metadata's Sec-Purpose, and what browsers said before it."""
    return any("prefetch" in request.headers.get(name, "").lower() for name in ("Sec-Purpose", "Purpose", "X-Moz"))
