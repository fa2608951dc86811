"""What reports for editors share: they, and their entries in the menu, are for everybody who may change some page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports import ReportView

from home.desk.page_needs import may_edit_some_page, require_editing


class EditorsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_edit_some_page(request.user)


class EditorsReport(ReportView):
    is_searchable = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require_editing(request.user)
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer
