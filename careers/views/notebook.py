"""All notes: in a list by page, and as one document."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careers.learning.markdown import notes_as_markdown
from careers.learning.notebook import noted_pages, notes_by_page
from careers.views.notes import just_deleted
from careers.views.personal import person_of, personal

PAGES_ON_A_PAGE = 10


@personal
@require_safe
@login_required
def notes(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    page_obj = Paginator(noted_pages(person), PAGES_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"tab": "notes", "page_obj": page_obj, "noted": notes_by_page(person, list(page_obj))}
    return render(request, "careers/learning/notes.html", context | just_deleted(request))


@personal
@require_safe
@login_required
def export_notes(request: HttpRequest) -> HttpResponse:
    document = notes_as_markdown(person_of(request), site=settings.BASE_URL)
    response = HttpResponse(document, content_type="text/markdown; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="my-notes.md"'
    return response
