"""Health for load balancers and orchestrators: is the process alive, and can it do its work?"""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.health.parts import PARTS, ask, info


@require_safe
@never_cache
def live(request: HttpRequest) -> JsonResponse:
    """The process answers; nothing else is asked, so that a database that is down restarts nobody."""
    return JsonResponse({"works": True})


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Every part and how it is; 503 unless all work."""
    parts = [ask(name) for name in PARTS]
    works = all(part.works for part in parts)
    body = {"works": works, "parts": {part.name: part.as_dict() for part in parts}, "info": info()}
    response = JsonResponse(body, status=200 if works else 503)
    response._has_been_logged = True  # type: ignore[attr-defined] # an orchestrator asks every second while we start
    return response
