"""“My learning”, its history, and one path as the person's own route."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careers.learning import overview
from careers.learning.history import by_day, history_of
from careers.selectors import paths_to_begin, standing_on
from careers.views.personal import person_of, personal
from careers.views.seen import path_for

DEEDS_ON_A_PAGE = 40


@personal
@require_safe
@login_required
def my_learning(request: HttpRequest) -> HttpResponse:
    mine = overview.my_learning(person_of(request))
    context = {"tab": "overview", "mine": mine, "paths_to_begin": [] if mine.paths else paths_to_begin()}
    return render(request, "careers/my_learning.html", context)


@personal
@require_safe
@login_required
def my_path(request: HttpRequest, pk: int) -> HttpResponse:
    """A path with the person's marks; what the path page shows with scripts, this shows without."""
    path = path_for(request, pk)
    context = {"path": path, "standing": standing_on(person_of(request), path)}
    return render(request, "careers/my_path.html", context)


@personal
@require_safe
@login_required
def history(request: HttpRequest) -> HttpResponse:
    page_obj = Paginator(history_of(person_of(request)), DEEDS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"tab": "history", "page_obj": page_obj, "days": by_day(page_obj)}
    return render(request, "careers/learning/history.html", context)
