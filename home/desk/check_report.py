"""The report of content checks: what is still wanting in every page that one may change."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn

from home.desk.content_checks import findings_of
from home.desk.page_needs import edit_address, editable_by
from home.desk.reports import EditorsReport
from home.models import ContentKind, ContentPage


class CheckFilterSet(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=ContentKind.choices)

    class Meta:
        model = ContentPage
        fields: ClassVar[list[str]] = ["live"]


class FindingsColumn(Column):
    cell_template_name = "home/admin/findings_cell.html"

    def get_value(self, instance: Any) -> Any:
        return instance.findings

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context | {"edit_url": edit_address(instance.pk)}


class CheckReport(EditorsReport):
    model = ContentPage
    page_title = _("Content checks")
    header_icon = "clipboard-list"
    index_url_name = "desk_checks"
    index_results_url_name = "desk_checks_results"
    filterset_class = CheckFilterSet
    default_ordering = "-latest_revision_created_at"
    paginate_by = 25
    columns: ClassVar[list[Column]] = [
        TitleColumn("title", label=_("Page"), get_url=lambda page: edit_address(page.pk), sort_key="title"),
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        BooleanColumn("live", label=_("Published")),
        FindingsColumn("findings", label=_("What is still wanting"), width="50%"),
    ]
    list_export: ClassVar[list[str]] = ["title", "get_kind_display", "live", "sentences"]
    export_headings: ClassVar[dict[str, Any]] = {
        "get_kind_display": _("Kind"),
        "sentences": _("What is still wanting"),
    }

    def get_base_queryset(self) -> QuerySet[ContentPage]:
        mine = editable_by(self.request.user).order_by().values("pk")
        pages: QuerySet[ContentPage] = ContentPage.objects.filter(pk__in=mine, alias_of=None).specific()
        return pages

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        pages = list(object_list)
        found = findings_of(pages)
        for page in pages:
            page.findings = found.get(page.pk, [])
            page.sentences = "\n".join(finding.what for finding in page.findings)
        return pages

    def get_filename(self) -> str:
        return "content-checks"
