"""Where a person left off, and what they have played: told to the player and the pages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from careers.views.personal import person_of, storable
from masterclasses.access.memory import rule_of_page
from masterclasses.models import MasterclassPage, PartPage, WatchCoverage
from masterclasses.watching import sessions
from masterclasses.watching.film import FIELDS, film_of
from masterclasses.watching.reading import is_unfinished, position_in, stops_in
from masterclasses.watching.standing import standing_in

if TYPE_CHECKING:
    from accounts.models import User

private = cache_control(private=True, no_store=True)


@require_safe
@private
def resume_fragment(request: HttpRequest, pk: int) -> HttpResponse:
    """For the player: the stored position, where to send another, and what time the server has.

    The CSRF cookie is set only when asked for: two fragments that set it at once would void each other's forms.
    """
    part = visible_part(request, pk)
    if "token" in request.GET:
        get_token(request)
    stored = position_in(person_of(request), part) if request.user.is_authenticated else None
    context: dict[str, Any] = {"part": part, "stored": stored, "now": int(timezone.now().timestamp() * 1000)}
    context["cookie"] = settings.CSRF_COOKIE_NAME
    if request.user.is_authenticated:
        context |= _session(person_of(request), part, context["now"])
    if stored:
        length = film_of(part).length
        context |= {"at": int(stored.updated_at.timestamp() * 1000), "open": is_unfinished(stored.seconds, length)}
    return render(request, "masterclasses/fragments/resume.html", context)


def _session(person: User, part: PartPage, now: int) -> dict[str, Any]:
    """What the player needs to send beats: the session that begins now, and what is known to be played."""
    coverage = WatchCoverage.objects.filter(person=person, part=part.pk).first()
    token = sessions.begin(person=person.pk, part=part.pk, now=now / 1000)
    return {"session": token, "spans": json.dumps(standing_in(part, coverage).spans)}


@require_safe
@private
def series_fragment(request: HttpRequest, pk: int) -> HttpResponse:
    """For the page of a series: the parts that are begun, each with what is left."""
    series = get_object_or_404(MasterclassPage, pk=storable(pk))
    if not rule_of_page(series).admits(request.user):
        raise Http404
    stops = stops_in(person_of(request), series) if request.user.is_authenticated else []
    return render(request, "masterclasses/fragments/going_on.html", {"stops": stops})


def visible_part(request: HttpRequest, pk: int) -> PartPage:
    """A part with its film at hand, of the page itself only what leads to it; 404 where the person may not see it."""
    parts = PartPage.objects.select_related("video__published").only("title", "url_path", "live", "path", *FIELDS)
    part = get_object_or_404(parts, pk=storable(pk), video__isnull=False)
    if not rule_of_page(part).admits(request.user):
        raise Http404
    return cast(PartPage, part)
