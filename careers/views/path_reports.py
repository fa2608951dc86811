"""How paths fare, for editors: all of them in a list, and each with its steps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail.admin.auth import permission_required
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from careers.models import LearningPathPage
from careers.reports.bands import smallest_group
from careers.reports.charts import Chart, chart, steepest_fall
from careers.reports.paths import LATELY, Standing, StepReach, standings, step_reaches
from careers.reports.sheets import as_csv
from careers.views.personal import storable
from home.models import Area

SEE_REPORTS = "careers.see_path_reports"


class PathFilterSet(WagtailFilterSet):
    areas = django_filters.ModelChoiceFilter(label=gettext_lazy("Area"), queryset=Area.objects.all())

    class Meta:
        model = LearningPathPage
        fields: ClassVar[list[str]] = []


class PathsReport(ReportView):
    model = LearningPathPage
    page_title = gettext_lazy("Learning paths")
    header_icon = "list-ol"
    filterset_class = PathFilterSet
    index_url_name = "careers_paths_report"
    index_results_url_name = "careers_paths_report_results"
    default_ordering = ("title", "pk")
    is_searchable = False
    columns: ClassVar[list[Column]] = [
        TitleColumn(
            "title", label=gettext_lazy("Path"), get_url=lambda path: reverse("careers_path_report", args=[path.pk])
        ),
        Column("enrolled", label=gettext_lazy("Enrolled"), accessor="standing.enrolled"),
        Column("active", label=gettext_lazy("Active lately"), accessor=lambda path: path.standing.active or "–"),
        Column("finished", label=gettext_lazy("Finished"), accessor=lambda path: path.standing.finished or "–"),
        Column(
            "median", label=gettext_lazy("Start to finish"), accessor=lambda path: path.standing.median_words or "–"
        ),
    ]
    list_export: ClassVar[list[str]] = [
        "title",
        "standing.enrolled",
        "standing.active",
        "standing.finished",
        "standing.median_words",
    ]
    export_headings: ClassVar[dict[str, Any]] = {
        "title": gettext_lazy("Path"),
        "standing.enrolled": gettext_lazy("Enrolled"),
        "standing.active": gettext_lazy("Active lately"),
        "standing.finished": gettext_lazy("Finished"),
        "standing.median_words": gettext_lazy("Start to finish"),
    }

    def get_base_queryset(self) -> QuerySet[LearningPathPage]:
        return LearningPathPage.objects.all()

    def user_has_permission(self, permission: str) -> bool:
        return self.request.user.has_perm(SEE_REPORTS)

    permission_required = "view"

    def decorate_paginated_queryset(self, object_list: Any) -> list[Any]:
        paths = list(object_list)
        known = standings([path.pk for path in paths])
        for path in paths:
            path.standing = known[path.pk]
        return paths

    def get_filename(self) -> str:
        return "learning-paths"


@require_safe
@permission_required(SEE_REPORTS)
def path_report(request: HttpRequest, pk: int) -> HttpResponseBase:
    path = get_object_or_404(LearningPathPage.objects.all(), pk=storable(pk))
    standing = standings([path.pk])[path.pk]
    reaches = [] if standing.enrolled.small else step_reaches(path)
    if request.GET.get("export") == "csv":
        return as_csv(_rows(standing, reaches), name=f"path-{path.slug}")
    context = {
        "path": path,
        "standing": standing,
        "reaches": reaches,
        "people_chart": _people(standing),
        "steps_chart": _steps(standing, reaches),
        "days": LATELY.days,
        "smallest": smallest_group(),
        "breadcrumbs_items": _breadcrumbs(path),
        "header_title": path.title,
        "header_icon": "list-ol",
    }
    return render(request, "careers/admin/path_report.html", context)


def _people(standing: Standing) -> Chart | None:
    if standing.active is None or standing.finished is None:
        return None
    rows = [
        (_("Enrolled"), standing.enrolled),
        (_("Active lately"), standing.active),
        (_("Finished"), standing.finished),
    ]
    return chart(_("People on this path"), rows)


def _steps(standing: Standing, reaches: list[StepReach]) -> Chart | None:
    if not reaches:
        return None
    known = [(reach, reach.done) for reach in reaches if reach.done is not None]
    rows = [(f"{reach.number}. {reach.title}", done) for reach, done in known]
    required = [(place, done) for place, (reach, done) in enumerate(known, 1) if reach.required]
    steep = steepest_fall([(0, standing.enrolled), *required])
    return chart(_("How many have done each step"), [(_("Enrolled"), standing.enrolled), *rows], steep=steep)


def _breadcrumbs(path: LearningPathPage) -> list[dict[str, Any]]:
    return [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("careers_paths_report"), "label": _("Learning paths")},
        {"url": "", "label": path.title},
    ]


def _rows(standing: Standing, reaches: list[StepReach]) -> Iterator[list[Any]]:
    yield [_("What"), _("Stage"), _("Required"), _("People")]
    yield [_("Enrolled"), "", "", standing.enrolled]
    if standing.active is not None:
        yield [_("Active lately"), "", "", standing.active]
        yield [_("Finished"), "", "", standing.finished]
        yield [_("Start to finish"), "", "", standing.median_words]
    for reach in reaches:
        yield [reach.title, reach.stage, _("yes") if reach.required else _("no"), reach.done or "–"]
