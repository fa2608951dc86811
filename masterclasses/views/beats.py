"""Where players send what they have played, and what one has played of a part, in words."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from careers.views.personal import person_of
from masterclasses.models import PartPage, WatchCoverage
from masterclasses.views.watching import private, visible_part
from masterclasses.watching.beats import Refusal
from masterclasses.watching.messages import Message, Told
from masterclasses.watching.standing import standing_in

MOST_BEATS, MOST_BYTES = 200, 64 * 1024
SENTENCES = {
    Refusal.NUMBERS: _("A beat has a whole sequence number, and from, to, rate and at as numbers of 0 or more."),
    Refusal.RATE: _("Only what is played at half to double speed counts."),
    Refusal.FUTURE: _("It was measured in the future."),
    Refusal.OLD: _("It was measured more than 30 days ago."),
    Refusal.EARLY: _("It was played before its session began."),
    Refusal.TOO_MUCH: _("There was not time enough to play that much."),
}


@require_POST
@private
def beats(request: HttpRequest, pk: int) -> HttpResponse:
    """Take what a player has to tell, any of it or all.

    `{"session": token, "beats": [{"sequence", "from", "to", "rate", "at"}, …], "position": {"seconds", "at"}}`, where
    `at` is in milliseconds since 1970.

    200 with what became of each beat, also when all was known; 400 when nothing of it counts; 403 without an account
    and for the session of somebody else; 404 for a part that the person may not see; 413 for more than 200 beats.
    Whatever the answer, sending the same again does no harm.
    """
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    person, part = person_of(request), visible_part(request, pk)
    if len(request.body) > MOST_BYTES:
        return HttpResponse(status=413)
    message = Message.of(request.body)
    if message.session and message.session.person != person.pk:
        return HttpResponse(status=403)
    if len(message.beats) > MOST_BEATS:
        return HttpResponse(status=413)
    if message.beats and (message.session is None or message.session.part != part.pk):
        return JsonResponse({"problem": "beats need the session of this part"}, status=400)
    try:
        told = message.record(person, part)
    except IntegrityError as error:  # the part was deleted meanwhile
        raise Http404 from error
    return JsonResponse(_answer(part, told), status=200 if told.counts else 400)


def _answer(part: PartPage, told: Told) -> dict[str, Any]:
    standing = standing_in(part, told.receipt.coverage)
    return {
        "taken": told.receipt.taken,
        "known": told.receipt.known,
        "refused": [{"sequence": number, "why": why, "words": SENTENCES[why]} for number, why in told.refused],
        "spans": standing.spans,
        "enough": standing.enough,
    }


@require_safe
@private
def coverage_fragment(request: HttpRequest, pk: int) -> HttpResponse:
    """Below the player: how much was played, and links to what was missed."""
    return render(request, "masterclasses/fragments/coverage.html", _context(request, visible_part(request, pk)))


@require_safe
@private
def coverage_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a page of its own, for browsers without scripts."""
    return render(request, "masterclasses/coverage.html", _context(request, visible_part(request, pk)))


def _context(request: HttpRequest, part: PartPage) -> dict[str, Any]:
    if not request.user.is_authenticated:
        return {"part": part}
    coverage = WatchCoverage.objects.filter(person=person_of(request), part=part.pk).first()
    return {"part": part, "standing": standing_in(part, coverage)}
