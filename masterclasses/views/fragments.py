"""What changes on a part page while its video is being prepared."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from masterclasses.access.memory import rule_of_page
from masterclasses.models import PartPage


@require_safe
@cache_control(private=True, no_store=True)
def part_state(request: HttpRequest, pk: int) -> HttpResponse:
    """The words that stand in for the player, or a link to reload once there is something to watch."""
    part = get_object_or_404(PartPage.objects.select_related("video"), pk=pk)
    if part.video is None or not rule_of_page(part).admits(request.user):
        raise Http404
    return render(request, "masterclasses/fragments/part_state.html", {"page": part, "video": part.video})
