"""The weekly plan in calendars: a file, and a private address. Whoever knows that reads the plan, and nothing else."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careers.models import WeeklyPlan
from careers.planning.calendar import week_as_calendar
from careers.planning.gathering import week_for
from careers.planning.keeping import close_feed, open_feed
from careers.planning.week import Week
from careers.views.personal import person_of, personal, personal_post

CALENDAR = "text/calendar; charset=utf-8"


@personal_post
def renew_feed(request: HttpRequest) -> HttpResponse:
    """Make a private address; another one ends the first."""
    open_feed(plan=own_plan(request))
    messages.success(request, _("Your calendar address is ready. The one before, if there was one, no longer works."))
    return redirect("careers:plan")


@personal_post
def end_feed(request: HttpRequest) -> HttpResponse:
    close_feed(plan=own_plan(request))
    messages.success(request, _("Your calendar address no longer works."))
    return redirect("careers:plan")


@personal
@require_safe
@login_required
def download(request: HttpRequest) -> HttpResponse:
    week = week_for(person_of(request))
    if week is None:
        raise Http404
    response = calendar_of(week)
    response["Content-Disposition"] = 'attachment; filename="weekly-plan.ics"'
    return response


@personal
@require_safe
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """For calendars, which have no session: the key in the address is all that they show."""
    found = get_object_or_404(WeeklyPlan.objects.select_related("person"), feed_key=key, person__is_active=True)
    with timezone.override(found.person.zone):
        week = week_for(found.person)
    if week is None:
        raise Http404
    response = calendar_of(week)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def calendar_of(week: Week) -> HttpResponse:
    site = settings.BASE_URL
    return HttpResponse(week_as_calendar(week, site=site, home=site + reverse("careers:plan")), content_type=CALENDAR)


def own_plan(request: HttpRequest) -> WeeklyPlan:
    return get_object_or_404(WeeklyPlan, person=person_of(request))
