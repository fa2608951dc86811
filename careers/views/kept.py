"""What this browser kept before there was an account: shown first, then added, or left, or forgotten.

The rows are in the browser alone, so that its script sends them along. Without scripts nothing is offered.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careers.limits import within_limit
from careers.progress import merging
from careers.views.personal import person_of, personal, personal_post

TRIES, SECONDS = 30, 600
FRAGMENT = "careers/fragments/kept.html"


@personal
@require_safe
def kept(request: HttpRequest) -> HttpResponse:
    """The page around it; whoever has no account is told what one is for."""
    return render(request, "careers/kept.html")


@personal_post
def kept_preview(request: HttpRequest) -> HttpResponse:
    """What taking the rows would change; nothing is written."""
    return _answer(request, lambda found: {"sentences": merging.preview(person_of(request), found)})


@personal_post
def kept_take(request: HttpRequest) -> HttpResponse:
    return _answer(request, lambda found: {"taken": True, "count": merging.take(person_of(request), found)})


def _answer(request: HttpRequest, make: Callable[[merging.Kept], dict[str, Any]]) -> HttpResponse:
    """429 for who asks without end, 400 for what is not ours; the words are for the person."""
    if not within_limit(request, "kept", amount=TRIES, seconds=SECONDS):
        response = render(request, FRAGMENT, {"refused": "often"}, status=429)
        response["Retry-After"] = str(SECONDS)
        return response
    try:
        found = merging.read_kept(request.POST.get("kept", ""))
    except merging.NotKept:
        return render(request, FRAGMENT, {"refused": "broken"}, status=400)
    return render(request, FRAGMENT, {"dropped": found.dropped, **make(found)})
