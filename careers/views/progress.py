"""Buttons that change progress. The person is always the one who is signed in."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from careers import actions
from careers.models import LearningPathPage
from careers.models.steps import COMPLETABLE_KINDS, MARKABLE_KINDS
from careers.progress.withdrawals import taken_back_at
from careers.views.fragments import render_page_fragment, render_path_fragment
from careers.views.personal import number_in, person_of, personal_post, safe_next, wants_fragment
from careers.views.seen import page_for, path_for
from home.models import ContentPage


@personal_post
def enrol(request: HttpRequest, pk: int) -> HttpResponse:
    path = path_for(request, pk)
    actions.enrol(person=person_of(request), path=path)
    return answer_on_path(request, path)


@personal_post
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    path = path_for(request, pk)
    actions.leave(person=person_of(request), path=path)
    return answer_on_path(request, path)


@personal_post
def done(request: HttpRequest, pk: int) -> HttpResponse:
    page = page_for(request, pk, kind__in=COMPLETABLE_KINDS)
    if page.kind not in MARKABLE_KINDS and not taken_back_at(person_of(request), page.pk):
        raise Http404
    actions.mark_done(person=person_of(request), page=page)
    return answer_on_page(request, page)


@personal_post
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    page = page_for(request, pk, kind__in=COMPLETABLE_KINDS)
    actions.undo(person=person_of(request), page=page)
    return answer_on_page(request, page)


def answer_on_path(request: HttpRequest, path: LearningPathPage) -> HttpResponse:
    return render_path_fragment(request, path) if wants_fragment(request) else redirect(safe_next(request))


def answer_on_page(request: HttpRequest, page: ContentPage) -> HttpResponse:
    """A step may be marked on its own page, or from a path's fragment, which then sends the `path` along."""
    if not wants_fragment(request):
        return redirect(safe_next(request))
    path = number_in(request, "path")
    return render_path_fragment(request, path_for(request, path)) if path else render_page_fragment(request, page)
