"""Finding a person, and looking at their progress: for those with the permission, and never unnoticed."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.admin.auth import permission_required
from wagtail.admin.paginator import WagtailPaginator

from accounts.privacy.looks import record_look
from careers.models import Completion
from careers.reports.people import SHORTEST_SEARCH, completions_of, find_people, paths_of
from careers.views.personal import person_of, storable

SEE_PROGRESS = "careers.see_persons_progress"
PER_PAGE = 50


@require_safe
@permission_required(SEE_PROGRESS)
def find_person(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "")[:100]
    context = {
        "q": words,
        "people": find_people(words),
        "shortest": SHORTEST_SEARCH,
        "breadcrumbs_items": _breadcrumbs(),
        "header_title": _("A person's progress"),
        "header_icon": "user",
    }
    return render(request, "careers/admin/people.html", context)


@require_safe
@permission_required(SEE_PROGRESS)
def one_person(request: HttpRequest, pk: int) -> HttpResponse:
    """A person's paths and completions; that somebody looked is written down before anything is shown."""
    person = get_object_or_404(get_user_model(), pk=storable(pk))
    record_look(viewer=person_of(request), person=person)
    paginator: WagtailPaginator[Completion] = WagtailPaginator(completions_of(person), PER_PAGE)
    page = paginator.get_page(request.GET.get("p"))
    context = {
        "person": person,
        "paths": paths_of(person),
        "page_obj": page,
        "elided_page_range": paginator.get_elided_page_range(page.number),
        "breadcrumbs_items": _breadcrumbs(str(person)),
        "header_title": str(person),
        "header_icon": "user",
    }
    return render(request, "careers/admin/person.html", context)


def _breadcrumbs(name: str = "") -> list[dict[str, Any]]:
    items = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("careers_people"), "label": _("A person's progress")},
    ]
    return [*items, {"url": "", "label": name}] if name else [items[0], items[1] | {"url": ""}]
