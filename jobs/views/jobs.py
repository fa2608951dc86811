"""The admin's Jobs page: what runs, waits and failed, of every kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from celery import current_app
from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from jobs.actions import cancel, start_again
from jobs.listing import NEEDS_EYES, JobList
from jobs.models import LeasedRow
from jobs.registry import JobKind, kind_named, kinds
from jobs.selectors import last_tick, queue_states, schedule_is_alive
from jobs.sweeper import SWEEP

Status = LeasedRow.Status
TABS: dict[str, tuple[str | Promise, tuple[str, ...]]] = {
    "": (gettext_lazy("Running, failed and waiting"), NEEDS_EYES),
    **{status.value: (status.label, (status.value,)) for status in (*NEEDS_EYES, Status.CANCELLED, Status.DONE)},
}


@method_decorator(permission_required("jobs.view_jobs"), name="dispatch")
class JobsView(WagtailAdminTemplateMixin, TemplateView):
    page_title = gettext_lazy("Jobs")
    header_icon = "tasks"
    template_name = "jobs/jobs.html"
    per_page = 25

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        status, kind = self.request.GET.get("status", ""), kind_named(self.request.GET.get("kind", ""))
        status = status if status in TABS else ""
        jobs = JobList([kind] if kind else kinds(), TABS[status][1])
        paginator = WagtailPaginator(jobs, self.per_page)
        page: Page = paginator.get_page(self.request.GET.get("p"))
        return {
            **super().get_context_data(**kwargs),
            "page_obj": page,
            "elided_page_range": paginator.get_elided_page_range(page.number),
            "counts": [(Status(name).label, number) for name, number in jobs.counts.items()],
            "tabs": [(name, label) for name, (label, _statuses) in TABS.items()],
            "status": status,
            "kind": kind,
            "kinds": kinds(),
            "may_change": self.request.user.has_perm("jobs.retry_job"),
            **_machinery(),
        }


class JobsTableView(JobsView):
    """The part of the page that is fetched again and again."""

    template_name = "jobs/jobs_table.html"


def _machinery() -> dict[str, Any]:
    """Whether the schedule and the workers are alive."""
    now = timezone.now()
    queues = [queue.name for queue in current_app.conf.task_queues or ()]
    return {
        "now": now,
        "last_swept": last_tick(SWEEP),
        "schedule_is_alive": schedule_is_alive(now),
        "queues": queue_states(now, queues),
    }


@require_POST
@permission_required("jobs.retry_job")
def retry_job(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    return _change(request, kind, pk, start_again, _("“%s” will be tried again."))


@require_POST
@permission_required("jobs.retry_job")
def cancel_job(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    reason = _("Cancelled by %s.") % request.user
    return _change(request, kind, pk, lambda row: cancel(row, reason=reason), _("“%s” is cancelled."))


def _change(request: HttpRequest, kind: str, pk: int, change: Callable[[LeasedRow], bool], said: str) -> HttpResponse:
    row = get_object_or_404(_kind_or_404(kind).model.objects.all(), pk=pk)
    if change(row):
        messages.success(request, said % row)
    else:
        messages.warning(request, _("“%s” has changed in the meantime; nothing was done.") % row)
    return redirect(get_valid_next_url_from_request(request) or reverse("jobs:list"))


def _kind_or_404(name: str) -> JobKind:
    kind = kind_named(name)
    if kind is None:
        raise Http404
    return kind
