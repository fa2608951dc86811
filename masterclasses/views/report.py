"""The Videos report: every video, how it is, and what can be done about it."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.middleware.csrf import get_token
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from masterclasses.models import Video
from masterclasses.status import report
from masterclasses.status.backlog import accuracy

STATES = {
    "failed": (_("Failed"), report.failed),
    "stuck": (_("Stuck (should never happen)"), report.stuck),
    "waiting": (_("Waiting"), report.waiting),
    "encoding": (_("Being encoded"), report.encoding),
    "ready": (_("Ready"), report.ready),
    "not_encoded": (_("Not encoded"), report.not_encoded),
}


class VideoFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("State"), method="in_state", choices=[(key, label) for key, (label, _q) in STATES.items()]
    )
    page = django_filters.ChoiceFilter(
        label=_("Shown on a page"), method="on_page", choices=[("no", _("On no page")), ("yes", _("On a page"))]
    )

    class Meta:
        model = Video
        fields: ClassVar[list[str]] = []

    def in_state(self, videos: QuerySet[Video], _name: str, state: str) -> QuerySet[Video]:
        return videos.filter(STATES[state][1]())

    def on_page(self, videos: QuerySet[Video], _name: str, wanted: str) -> QuerySet[Video]:
        return videos.filter(report.without_page() if wanted == "no" else ~report.without_page())


class VideoColumn(Column):
    """A cell of the report; each has a template of its own name."""

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        return {
            **super().get_cell_context_data(instance, parent_context),
            "video": instance,
            "line": instance.line,
            "state": instance.line.state,
            "csrf_token": get_token(parent_context["request"]),
            "here": parent_context["request"].get_full_path(),
        }

    @property
    def cell_template_name(self) -> str:
        return f"masterclasses/admin/report/{self.name}.html"

    def get_value(self, instance: Any) -> Any:
        return instance


class VideoReport(ReportView):
    model = Video
    any_permission_required = ("change", "delete")
    page_title = _("Videos")
    header_icon = "media"
    template_name = "masterclasses/admin/report/report.html"
    results_template_name = "masterclasses/admin/report/results.html"
    filterset_class = VideoFilterSet
    index_url_name = "videos:report"
    index_results_url_name = "videos:report_results"
    default_ordering = ("-created_at", "-pk")
    is_searchable = False
    paginate_by = 25
    columns: ClassVar[list[Column]] = [
        VideoColumn("title", label=_("Video"), sort_key="title", width="28%"),
        VideoColumn("state", label=_("State"), width="30%"),
        VideoColumn("pages", label=_("Shown on")),
        VideoColumn("facts", label=_("Sound, captions, size")),
        VideoColumn("actions", label=_("Actions")),
    ]
    list_export: ClassVar[list[str]] = [
        "title",
        "line.state.code",
        "line.state.percent",
        "line.state.place",
        "line.watchable_at",
        "line.done_at",
        "line.attempts",
        "line.state.reason",
        "line.stuck",
        "duration",
        "encoded_bytes",
        "uploaded_by_user",
        "created_at",
        "collection",
        "line.page_titles",
        "line.sound",
        "line.caption_words",
    ]
    export_headings: ClassVar[dict[str, Any]] = {
        "title": _("Title"),
        "line.state.code": _("State"),
        "line.state.percent": _("Percent"),
        "line.state.place": _("Place in the queue"),
        "line.watchable_at": _("Probably watchable"),
        "line.done_at": _("Probably done"),
        "line.attempts": _("Attempts"),
        "line.state.reason": _("Reason"),
        "line.stuck": _("Stuck"),
        "duration": _("Seconds"),
        "encoded_bytes": _("Bytes, encoded"),
        "uploaded_by_user": _("Uploaded by"),
        "created_at": _("Uploaded"),
        "line.page_titles": _("Shown on"),
        "line.sound": _("Sound"),
        "line.caption_words": _("Captions"),
    }

    def get_base_queryset(self) -> QuerySet[Video]:
        return report.videos_for(self.request.user)

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        videos = list(object_list)
        for video, line in zip(videos, report.lines_for(videos), strict=True):
            video.line = line
        return videos

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return context | {"accuracy": accuracy(), "asked_state": self.request.GET.get("state", "")}

    def get_filename(self) -> str:
        return "videos"
