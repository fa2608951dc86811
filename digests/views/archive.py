"""Past editions: a public list, and a page for each, the same for everybody."""

from __future__ import annotations

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from digests.editions.archive import past_edition
from digests.models import DigestSettings, Edition

ON_A_PAGE = 24
LAST_PAGE = 200


@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """Past editions that have something in them, the newest first."""
    editions = Edition.objects.public().filter(items__left_out=False).distinct()
    asked = request.GET.get("page", "1")
    number = min(int(asked), LAST_PAGE) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    page = Paginator(editions, ON_A_PAGE).get_page(number)
    return render(request, "digests/letters.html", {"letters": page, **_about(reverse("letters:list"))})


@require_safe
def edition(request: HttpRequest, slug: str) -> HttpResponse:
    past = past_edition(slug)
    if past is None:
        raise Http404
    return render(request, "digests/letter.html", {"past": past, **_about(past.edition.path)})


def _about(path: str) -> dict[str, object]:
    return {
        "canonical_url": f"{settings.BASE_URL}{path}",
        "listed_in_search": DigestSettings.load().archive_in_search,
    }
