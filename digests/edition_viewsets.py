"""Editions and figures in the admin."""

from __future__ import annotations

import django_filters
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet

from digests.models import Edition
from digests.periods import Rhythm
from digests.views import edition_changes, editions, previews
from digests.views.figures import SEE_SUBSCRIBERS, FiguresView
from home.admin_menu import PermittedViewSet


def first_day(edition: Edition) -> str:
    """A day that may be to come, which Wagtail's own column would call “just now”."""
    return date_format(edition.first_day, "SHORT_DATE_FORMAT")


class EditionFilterSet(WagtailFilterSet):
    rhythm = django_filters.ChoiceFilter(label=_("How often"), choices=Rhythm.choices)
    state = django_filters.ChoiceFilter(label=_("State"), choices=Edition.State.choices)

    class Meta:
        model = Edition
        fields = ["rhythm", "state"]


class EditionViewSet(ModelViewSet):
    model = Edition
    name = "editions"
    icon = "mail"
    menu_label = _("Editions")
    menu_order = 5
    index_view_class = editions.EditionIndexView
    edit_view_class = editions.EditionView
    copy_view_enabled = False
    form_fields = ["note"]
    list_display = [
        TitleColumn("period", label=_("Period"), get_url=lambda edition: reverse("editions:edit", args=[edition.pk])),
        Column("rhythm", label=_("How often"), accessor="get_rhythm_display", sort_key="rhythm"),
        StatusTagColumn(
            "state",
            label=_("State"),
            accessor="get_state_display",
            primary=lambda edition: edition.state == Edition.State.OPEN,
        ),
        Column("first_day", label=_("First day"), accessor=first_day, sort_key="first_day"),
        Column("to_go", label=_("Still to get it")),
    ]
    filterset_class = EditionFilterSet
    ordering = ["-first_day", "-pk"]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("edit/<int:pk>/progress/", editions.progress, name="progress"),
            path("edit/<int:pk>/note/", edition_changes.NoteView.as_view(), name="note"),
            path("edit/<int:pk>/approve/", edition_changes.approve, name="approve"),
            path("edit/<int:pk>/add/", edition_changes.add, name="add"),
            path("edit/<int:pk>/items/<int:item>/", edition_changes.change_item, name="item"),
            path("items/<int:pk>/move/<int:seen>/", edition_changes.move, name="move"),
            path("edit/<int:pk>/preview/", previews.PreviewView.as_view(), name="preview"),
            path("edit/<int:pk>/preview/html/", previews.html, name="html"),
            path("edit/<int:pk>/preview/test/", previews.send_test, name="test"),
        ]


class FiguresViewSet(PermittedViewSet):
    name = "digest-figures"
    url_namespace = "digest_figures"
    icon = "history"
    menu_label = _("Subscribers over time")
    menu_order = 30
    permission = SEE_SUBSCRIBERS

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", FiguresView.as_view(), name="index")]
