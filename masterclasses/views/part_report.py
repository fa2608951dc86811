"""How far those who begin a part get, chapter by chapter: groups of people only, and in bands."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.admin.auth import permission_required

from careers.reports.bands import band, smallest_group
from careers.reports.charts import chart, steepest_fall
from careers.reports.sheets import as_csv
from careers.views.personal import storable
from masterclasses.models import PartPage
from masterclasses.watching.audience import Reach, drop_off


@require_safe
@permission_required("careers.see_path_reports")
def part_report(request: HttpRequest, pk: int) -> HttpResponseBase:
    part = get_object_or_404(PartPage.objects.all(), pk=storable(pk))
    told = drop_off(part)
    began = band(told.began)
    rows = [(_("Began it"), began)]
    if not began.small:
        rows += [(label_of(reach), band(reach.people)) for reach in told.chapters]
    if request.GET.get("export") == "csv":
        return as_csv([(_("Chapter"), _("People")), *rows], name=f"chapters-{part.slug}")
    context = {
        "part": part,
        "began": began,
        "chart": chart(
            _("How many have watched each chapter"),
            rows,
            steep=steepest_fall([(place, each) for place, (_label, each) in enumerate(rows)]),
        ),
        "smallest": smallest_group(),
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("careers_paths_report"), "label": _("Learning paths")},
            {"url": "", "label": part.title},
        ],
        "header_title": part.title,
        "header_icon": "media",
    }
    return render(request, "masterclasses/admin/part_report.html", context)


def label_of(reach: Reach) -> str:
    at = f"{int(reach.start) // 60}:{int(reach.start) % 60:02}"
    return f"{at} {reach.title}" if reach.title else at
