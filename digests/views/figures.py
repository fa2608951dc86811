"""How many subscribe, over time."""

from __future__ import annotations

from typing import Any

from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.auth import permission_required
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from digests.charts import line_chart
from digests.figures import Line, subscribers_over_time

SEE_SUBSCRIBERS = "digests.view_subscriber"


@method_decorator(permission_required(SEE_SUBSCRIBERS), name="dispatch")
class FiguresView(WagtailAdminTemplateMixin, TemplateView):
    page_title = gettext_lazy("Subscribers over time")
    header_icon = "history"
    template_name = "digests/admin/figures.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        figures = subscribers_over_time()
        months = [date_format(month, "SHORT_YEAR_MONTH_FORMAT") for month in figures.months]
        groups = [(_("By rhythm"), figures.by_rhythm), (_("By area"), figures.by_area)]
        charts = [self._chart(number, title, months, lines) for number, (title, lines) in enumerate(groups)]
        return {**super().get_context_data(**kwargs), "charts": charts, "months": months}

    def _chart(self, number: int, title: str, months: list[str], lines: list[Line]) -> dict[str, Any]:
        short = [month if place % 3 == 2 else "" for place, month in enumerate(months)]
        chart = line_chart(short, [(line.label, line.numbers) for line in lines])
        return {"number": number, "title": title, "chart": chart, "lines": lines}
