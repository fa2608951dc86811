"""What a browser tells of a reader: how long, how far, and that a resource was opened."""

from __future__ import annotations

import math

from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from careers.progress import tickets
from careers.progress.reading_rule import READABLE_KINDS
from careers.progress.recording import Report, record_opened, record_reading
from careers.views.personal import person_of, personal
from careers.views.seen import page_for
from home.models import ContentKind

LONGEST_NUMBER = 32


@personal
@require_POST
def reading(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a report: the totals of a session, in `seconds` and in shares `first` to `share` of the text.

    400 for what is no number, negative, or on a ticket that is not (or no more) one of ours; 403 without an account and
    for somebody else's ticket; 404 for a page that the person may not see. What is more than possible is cut.
    """
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    page = page_for(request, pk, kind__in=READABLE_KINDS)
    numbers = [_number(request, name) for name in ("seconds", "first", "share")]
    try:
        ticket = tickets.read(request.POST.get("ticket", ""))
    except tickets.NotATicket:
        return HttpResponseBadRequest("ticket must be one that this page gave you in the last 7 days.")
    if ticket.person_id != person_of(request).pk:
        return HttpResponse(status=403)
    seconds, first, share = numbers
    if ticket.page_id != page.pk or seconds is None or first is None or share is None:
        return HttpResponseBadRequest("seconds, first and share must be numbers of 0 or more.")
    now = max(timezone.now(), ticket.started_at)
    report = Report(ticket.key, ticket.started_at, now, seconds, min(first, 1.0), min(share, 1.0))
    try:
        done = record_reading(person=person_of(request), page=page, report=report)
    except IntegrityError as error:  # the page was deleted meanwhile
        raise Http404 from error
    return JsonResponse({"done": done})


@personal
@require_POST
def opened(request: HttpRequest, pk: int) -> HttpResponse:
    """Remember that the person followed the link of a resource."""
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    page = page_for(request, pk, kind=ContentKind.RESOURCE)
    try:
        record_opened(person=person_of(request), page=page)
    except IntegrityError as error:
        raise Http404 from error
    return HttpResponse(status=204)


def _number(request: HttpRequest, name: str) -> float | None:
    """A finite number of 0 or more; None for anything else."""
    text = request.POST.get(name, "")
    try:
        number = float(text) if len(text) < LONGEST_NUMBER else math.nan
    except ValueError:
        return None
    return number if math.isfinite(number) and number >= 0 else None
