"""The admin's page of my notices."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from jobs.models import Notice
from jobs.notices import mark_read


class NoticesView(WagtailAdminTemplateMixin, TemplateView):
    page_title = gettext_lazy("Notices")
    header_icon = "mail"
    template_name = "jobs/notices.html"
    per_page = 25

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        paginator = WagtailPaginator(_mine(self.request), self.per_page)
        page: Page = paginator.get_page(self.request.GET.get("p"))
        return {
            **super().get_context_data(**kwargs),
            "page_obj": page,
            "elided_page_range": paginator.get_elided_page_range(page.number),
            "any_unread": any(notice.read_at is None for notice in page),
        }


@require_POST
def read_notices(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Mark one of my notices as read, or all of them."""
    mine = _mine(request)
    mark_read(mine.filter(pk=pk) if pk else mine)
    return redirect(get_valid_next_url_from_request(request) or reverse("jobs:notices"))


def _mine(request: HttpRequest) -> Any:
    return Notice.objects.filter(recipient_id=request.user.pk)
