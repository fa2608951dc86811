"""Runs in the Digests section of the admin."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet

from digests.models import Run
from digests.views import runs


class RunViewSet(ModelViewSet):
    model = Run
    name = "digest_runs"
    url_prefix = "digests/runs"
    icon = "mail"
    menu_label = _("Runs")
    menu_order = 15
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_class = runs.RunView
    form_fields = ["key"]
    list_display = [
        TitleColumn(
            "key", label=_("Period"), get_url=lambda run: reverse("digest_runs:inspect", args=[run.pk]), sort_key="key"
        ),
        StatusTagColumn(
            "state",
            label=_("State"),
            accessor="get_state_display",
            primary=lambda run: run.state in (Run.State.GOING, Run.State.PAUSED),
        ),
        Column("reason", label=_("Reason")),
        DateColumn("created_at", label=_("Began"), sort_key="created_at"),
    ]
    list_filter = ["state"]
    search_fields = ["key"]
    search_backend_name = None
    ordering = ["-created_at", "-pk"]

    @property
    def inspect_view(self) -> Any:
        return runs.RunView.as_view()

    def get_urlpatterns(self) -> list[URLPattern]:
        changes = path("<int:pk>/change/<str:how>/", runs.change_run, name="change")
        return [*super().get_urlpatterns(), changes]
