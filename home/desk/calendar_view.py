"""The readiness calendar in the admin: a month, or the same as a list."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from home.desk.calendar import by_day, clashes_between, weeks_of
from home.desk.months import Month
from home.desk.schedule import entries_between


class CalendarView(WagtailAdminTemplateMixin, TemplateView):
    page_title = _("Calendar")
    header_icon = "calendar-alt"
    template_name = "home/admin/calendar.html"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        month = Month.asked(self.request.GET.get("month", ""))
        as_list = self.request.GET.get("as") == "list"
        person: Any = self.request.user
        entries = entries_between(person, *month.shown)
        return {
            **super().get_context_data(**kwargs),
            "month": month,
            "as_list": as_list,
            "weeks": weeks_of(month, entries),
            "weekdays": [(date_format(day, "l"), date_format(day, "D")) for day in month.weeks[0]],
            "days": sorted(by_day([entry for entry in entries if month.begins <= entry.at < month.ends]).items()),
            "clashes": clashes_between(person, month.begins, month.ends),
        }
