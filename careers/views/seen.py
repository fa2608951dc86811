"""The page that an address names, if this visitor may see it; else it is not there."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from careers.models import LearningPathPage
from careers.views.personal import storable
from home.admission import rule_of_pages
from home.models import ContentPage


def page_for(request: HttpRequest, pk: int, **filters: Any) -> ContentPage:
    """Return a page that this visitor may see, else raise Http404."""
    return cast(ContentPage, _admitted_to(request, ContentPage.objects.filter(**filters), pk))


def path_for(request: HttpRequest, pk: int) -> LearningPathPage:
    return cast(LearningPathPage, _admitted_to(request, LearningPathPage.objects.all(), pk))


def _admitted_to(request: HttpRequest, pages: Any, pk: int) -> Any:
    """One query for a page that anybody may see; one that is private costs what its restrictions ask for."""
    if found := pages.visible().filter(pk=storable(pk)).first():
        return found
    found = get_object_or_404(pages.live(), pk=pk)
    if not rule_of_pages([found]).admits(request.user):
        raise Http404
    return found
