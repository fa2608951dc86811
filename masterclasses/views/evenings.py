"""Evenings in calendars: one as a file, all of them, or an area's, as a feed. The same for everybody."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from home.models import Area
from masterclasses.evenings.calendar import evenings_as_calendar
from masterclasses.evenings.listing import for_feed
from masterclasses.models import MasterclassPage

CALENDAR = "text/calendar; charset=utf-8"
A_QUARTER = 900  # seconds


@require_safe
@cache_control(public=True, max_age=A_QUARTER)
def feed(request: HttpRequest) -> HttpResponse:
    """All evenings; with `?area=slug`, those of one area."""
    slug = request.GET.get("area", "")
    areas = [get_object_or_404(Area, slug=slug)] if slug else None
    return _calendar(for_feed(areas=areas))


@require_safe
@cache_control(public=True, max_age=A_QUARTER)
def evening(request: HttpRequest, pk: int) -> HttpResponse:
    found = MasterclassPage.objects.visible().filter(event_from__isnull=False)
    response = _calendar([get_object_or_404(found, pk=pk)])
    response["Content-Disposition"] = f'attachment; filename="evening-{pk}.ics"'
    return response


def _calendar(evenings: Iterable[Any]) -> HttpResponse:
    return HttpResponse(evenings_as_calendar(evenings, site=settings.BASE_URL), content_type=CALENDAR)
