"""“Why is this not complete?”, for staff: the sentences that the person reads, and the look is written down."""

from __future__ import annotations

from typing import ClassVar, cast

from django import forms
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail.admin.auth import permission_required
from wagtail.admin.widgets import AdminPageChooser

from accounts.privacy.looks import record_look
from careers.progress.explaining import explain, explanations_of
from careers.views.people import SEE_PROGRESS
from careers.views.personal import person_of, storable
from home.models import ContentPage

#: So many fit into a column of numbers.
MOST_DIGITS = 18


class WhichPageForm(forms.Form):
    page: ClassVar = forms.ModelChoiceField(
        queryset=ContentPage.objects.live(),
        widget=AdminPageChooser(target_models=[ContentPage]),
        label=gettext_lazy("Page or path"),
    )


@require_safe
@permission_required(SEE_PROGRESS)
def explain_to_staff(request: HttpRequest, pk: int) -> HttpResponse:
    """What the person is told about the page that was asked for, and about all that they have begun or done."""
    person = get_object_or_404(get_user_model(), pk=storable(pk))
    record_look(viewer=person_of(request), person=person)
    page = _page_in(request)
    context = {
        "person": person,
        "form": WhichPageForm(initial={"page": page}),
        "page": page,
        "sentence": explain(person, page) if page else "",
        "explanations": explanations_of(person),
        "header_title": _("Why is this not complete?"),
        "header_icon": "help",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("careers_people"), "label": _("A person's progress")},
            {"url": reverse("careers_person", args=[person.pk]), "label": str(person)},
            {"url": "", "label": _("Why is this not complete?")},
        ],
    }
    return render(request, "careers/admin/why.html", context)


def _page_in(request: HttpRequest) -> ContentPage | None:
    """The page that the form sent along; what is no number of a published page is none."""
    text = request.GET.get("page", "")
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        return None
    return cast("ContentPage | None", ContentPage.objects.live().filter(pk=int(text)).first())
