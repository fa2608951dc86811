"""The personal parts of public pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careers.models import Completion, LearningPathPage
from careers.models.steps import COMPLETABLE_KINDS, MARKABLE_KINDS
from careers.progress import tickets
from careers.progress.explaining import explain_open
from careers.progress.explaining_paths import explain_progress
from careers.progress.reading_rule import READABLE_KINDS
from careers.progress.sums import needed_seconds
from careers.progress.withdrawals import taken_back_at
from careers.selectors import completed_children, paths_with, standing_on
from careers.views.personal import person_of, personal
from careers.views.seen import page_for, path_for
from home.models import ContentPage

if TYPE_CHECKING:
    from accounts.models import User


@personal
@require_safe
def path_fragment(request: HttpRequest, pk: int) -> HttpResponse:
    return render_path_fragment(request, path_for(request, pk))


@personal
@require_safe
def page_fragment(request: HttpRequest, pk: int) -> HttpResponse:
    return render_page_fragment(request, page_for(request, pk, kind__in=COMPLETABLE_KINDS))


def render_path_fragment(request: HttpRequest, path: LearningPathPage) -> HttpResponse:
    """The ring, the next step, and which steps are done."""
    standing = standing_on(person_of(request), path) if request.user.is_authenticated else None
    why = explain_progress(standing.progress) if standing and not standing.progress.finished else ""
    return render(request, "careers/fragments/path.html", {"path": path, "standing": standing, "why": why})


def render_page_fragment(request: HttpRequest, page: ContentPage) -> HttpResponse:
    """Whether the page and what it consists of are done, and the way on in the person's paths."""
    readable = page.kind in READABLE_KINDS
    context: dict[str, Any] = {"page": page, "markable": page.kind in MARKABLE_KINDS}
    context |= {"needed": needed_seconds(page.minutes) if readable else None, "cookie": settings.CSRF_COOKIE_NAME}
    if request.user.is_authenticated:
        person = person_of(request)
        completion = Completion.objects.of(person).filter(page=page.pk).first()
        context |= {
            "completion": completion,
            "done_ids": completed_children(person, page),
            "ways_on": [followed.way_on_from(page) for followed in paths_with(person, page)],
        }
        context |= {} if completion else _open_context(person, page)
    return render(request, "careers/fragments/page.html", context)


def _open_context(person: User, page: ContentPage) -> dict[str, Any]:
    """Why the page is not complete, and what it takes: a ticket for who reads it, a button for who may mark it.

    Who took a masterclass back may mark it, for its parts are done already.
    """
    return {
        "why": explain_open(person, page),
        "ticket": tickets.issue(person, page) if page.kind in READABLE_KINDS else "",
        "markable": page.kind in MARKABLE_KINDS or taken_back_at(person, page.pk) is not None,
    }
