"""The report of links, for everybody who edits pages; and one link, with what can be done about it."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn

from home.desk.page_needs import require_editing
from home.desk.reports import EditorsReport
from home.links.actions import check_again, leave_aside, take_up_again
from home.links.replacing import may_replace, new_address, replace
from home.models import WebLink

ASIDE = [("no", gettext_lazy("Not left aside")), ("yes", gettext_lazy("Left aside"))]


class LinkFilterSet(WagtailFilterSet):
    aside = django_filters.ChoiceFilter(label=gettext_lazy("Left aside"), choices=ASIDE, method="is_aside")
    on_page = django_filters.CharFilter(
        label=gettext_lazy("Page"), field_name="places__title", lookup_expr="icontains", distinct=True
    )
    contains = django_filters.CharFilter(label=gettext_lazy("Address"), field_name="address", lookup_expr="icontains")

    class Meta:
        model = WebLink
        fields: ClassVar[list[str]] = ["verdict", "kind"]

    def is_aside(self, rows: QuerySet[WebLink], _name: str, aside: str) -> QuerySet[WebLink]:
        return rows.filter(ignored_at__isnull=aside == "no")


def places_of(link: WebLink) -> str:
    return "; ".join(f"{place.title} ({place.field})" for place in link.places.all()[:20])


class LinksReport(EditorsReport):
    model = WebLink
    page_title = gettext_lazy("Links")
    header_icon = "link"
    filterset_class = LinkFilterSet
    index_url_name = "links:index"
    index_results_url_name = "links:results"
    default_ordering = ("-checked_at", "pk")
    columns: ClassVar[list[Column]] = [
        TitleColumn("address", label=gettext_lazy("Address"), get_url=lambda link: link.admin_url()),
        StatusTagColumn(
            "verdict",
            label=gettext_lazy("Verdict"),
            accessor="get_verdict_display",
            primary=lambda link: link.is_bad,
            sort_key="verdict",
        ),
        Column("words", label=gettext_lazy("What was found"), classname="desk-words"),
        Column("places", label=gettext_lazy("Where it stands"), accessor=places_of, classname="desk-words"),
        DateColumn("checked_at", label=gettext_lazy("Checked"), sort_key="checked_at"),
        DateColumn("ignored_at", label=gettext_lazy("Left aside")),
    ]
    list_export: ClassVar[list[str]] = [
        "address",
        "get_verdict_display",
        "status_code",
        "words",
        "moved_to",
        "where",
        "checked_at",
        "next_check_at",
        "ignored_because",
    ]
    export_headings: ClassVar[dict[str, Any]] = {
        "get_verdict_display": gettext_lazy("Verdict"),
        "where": gettext_lazy("Where it stands"),
    }

    def get_base_queryset(self) -> QuerySet[WebLink]:
        return WebLink.objects.annotate(standing=Count("places")).filter(standing__gt=0).prefetch_related("places")

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        links = list(object_list)
        for link in links:
            link.where = places_of(link)
        return links

    def get_filename(self) -> str:
        return "links"


class ReasonForm(forms.Form):
    because = forms.CharField(
        label=gettext_lazy("Why it may stay as it is"),
        max_length=200,
        error_messages={"required": gettext_lazy("Say in a few words why: others will read it.")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def one_link(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known of one address; checking it now, leaving it aside with a reason, taking it up again."""
    require_editing(request.user)
    link = get_object_or_404(WebLink, pk=pk)
    wish = request.POST.get("wish")
    form = ReasonForm(request.POST if wish == "aside" else None)
    if wish == "replace":
        messages.info(request, _replaced(request, link))
        return redirect("links:one", pk)
    if request.method == "POST" and (wish != "aside" or form.is_valid()):
        messages.success(request, _done(link, str(wish), form))
        return redirect("links:one", pk)
    context = {
        "link": link,
        "places": _places(request, link),
        "new_address": new_address(link),
        "form": form,
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("links:index"), "label": _("Links")},
            {"url": "", "label": link.address[:60]},
        ],
        "header_title": link.address[:100],
        "header_icon": "link",
    }
    return render(request, "home/admin/link.html", context, status=422 if form.errors else 200)


def _places(request: HttpRequest, link: WebLink) -> list[Any]:
    """Where it stands; `replaceable` is set where this person may put the new address."""
    places: list[Any] = list(link.places.select_related("page")[:200])
    offered: set[int] = set()
    for place in places if new_address(link) else ():
        place.replaceable = place.page_id not in {None, *offered} and may_replace(request.user, place.page)
        offered.add(place.page_id or 0)
    return places


def _replaced(request: HttpRequest, link: WebLink) -> str:
    given = request.POST.get("page", "")
    place = link.places.filter(page_id=int(given)).select_related("page").first() if given.isdecimal() else None
    if place is None:
        return _("The address does not stand there any more: nothing was changed.")
    if not may_replace(request.user, place.page):
        raise PermissionDenied
    return replace(link=link, page=place.page, by=request.user, to=request.POST.get("to", ""))


def _done(link: WebLink, wish: str, form: ReasonForm) -> str:
    if wish == "aside":
        because = form.cleaned_data["because"]
        if leave_aside(link=link, because=because):
            return _("It is left aside.")
        link.refresh_from_db()
        return _(
            "Somebody was quicker and has left it aside because of “%(theirs)s”. Yours was not kept: “%(yours)s”."
        ) % {
            "theirs": link.ignored_because,
            "yours": because,
        }
    if wish == "take-up":
        take_up_again(link=link)
        return _("It counts again.")
    if wish == "check" and check_again(link=link):
        return _("It will be checked in a moment.")
    return _("It is being checked already.")
