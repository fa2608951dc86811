"""The Path check report: what the path check says of every stored path."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn

from careers.models import LearningPathPage
from careers.selectors import findings_by_path
from home.desk.page_needs import editable_by
from home.desk.reports import EditorsReport


def edit_address(path: LearningPathPage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[path.pk])


class FindingsColumn(Column):
    cell_template_name = "careers/admin/findings_cell.html"

    def get_value(self, instance: Any) -> Any:
        return instance.findings

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context | {"edit_url": edit_address(instance)}


class PathCheckReport(EditorsReport):
    model = LearningPathPage
    page_title = _("Path check")
    header_icon = "list-ol"
    index_url_name = "careers_path_check"
    index_results_url_name = "careers_path_check_results"
    default_ordering = "path"
    columns: ClassVar[list[Column]] = [
        TitleColumn("title", label=_("Path"), get_url=edit_address),
        BooleanColumn("live", label=_("Published")),
        Column("minutes", label=_("Minutes")),
        FindingsColumn("findings", label=_("What the path check says")),
    ]
    list_export: ClassVar[list[str]] = ["title", "minutes", "sentences"]
    export_headings: ClassVar[dict[str, Any]] = {"sentences": _("What the path check says")}

    def get_base_queryset(self) -> QuerySet[LearningPathPage]:
        mine = editable_by(self.request.user).order_by().values("pk")
        return LearningPathPage.objects.filter(pk__in=mine).order_by("path")

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        paths = list(object_list)
        found = findings_by_path(path.pk for path in paths)
        for path in paths:
            path.findings = found[path.pk]
            path.sentences = "\n".join(finding.sentence for finding in path.findings)
        return paths

    def get_filename(self) -> str:
        return "path-check"
