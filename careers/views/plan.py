"""The weekly plan: when one has time, and what is fitted in."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from careers.models import WeeklyPlan
from careers.planning.forms import PlanForm, initial_of
from careers.planning.gathering import plan_of, week_for
from careers.planning.keeping import save_plan
from careers.views.personal import person_of, personal


@personal
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def plan(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    form = PlanForm(request.POST or None, initial=initial_of(*plan_of(person)))
    if request.method == "POST" and form.is_valid():
        save_plan(person=person, slots=form.slots, speed=form.cleaned_data["speed"])
        messages.success(request, _("Your plan is saved."))
        return redirect("careers:plan")
    week = week_for(person)
    context = {"tab": "plan", "form": form, "week": week, "feed": feed_address(week.plan) if week else ""}
    return render(request, "careers/learning/plan.html", context, status=422 if form.is_bound else 200)


def feed_address(own: WeeklyPlan) -> str:
    return settings.BASE_URL + reverse("careers:feed", args=[own.feed_key]) if own.feed_key else ""
