"""Digests of which nobody knows whether they arrived: one by one, or all by the mail server's log."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from io import TextIOWrapper
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from digests.delivery import reconcile
from digests.delivery.operating import mark_sent, send_again
from digests.models import Delivery

PERMISSION = "digests.change_delivery"
Settle = Callable[[Delivery, Any], bool]
WAYS: dict[str, tuple[Settle, Any]] = {
    "mark-sent": (lambda row, person: mark_sent(row, by=person), gettext_lazy("Marked as sent.")),
    "send-again": (lambda row, _person: send_again(row), gettext_lazy("It is sent once more.")),
}


@require_POST
@permission_required(PERMISSION)
def settle_one(request: HttpRequest, pk: int, how: str) -> HttpResponse:
    row = get_object_or_404(Delivery, pk=pk)
    if how not in WAYS:
        raise Http404
    settle, words = WAYS[how]
    if settle(row, request.user):
        messages.success(request, words)
    else:
        messages.warning(request, _("It is known by now what became of this digest."))
    return redirect("deliveries:inspect", pk)


class LogForm(forms.Form):
    log = forms.FileField(label=gettext_lazy("Log of the mail server"), help_text=gettext_lazy("Plain or .gz."))
    settle = forms.BooleanField(
        label=gettext_lazy("Settle them now"),
        required=False,
        help_text=gettext_lazy("Without this nothing is changed: you are told what would be."),
    )


@method_decorator(permission_required(PERMISSION), name="dispatch")
class ReconcileView(WagtailAdminTemplateMixin, FormView):
    form_class = LogForm
    template_name = "digests/admin/reconcile.html"
    page_title = gettext_lazy("Compare with the mail server's log")
    header_icon = "history"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def form_valid(self, form: LogForm) -> HttpResponse:
        findings = reconcile.compare(lines_of(form.cleaned_data["log"]))
        if form.cleaned_data["settle"]:
            sent, again = reconcile.settle(findings)
            words = _("%(sent)d were sent, %(again)d are sent once more.") % {"sent": sent, "again": again}
            messages.success(self.request, words)
        return self.render_to_response(self.get_context_data(form=form, findings=findings))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        unknown = Delivery.objects.filter(outcome=Delivery.Outcome.UNKNOWN).count()
        return {**super().get_context_data(**kwargs), "unknown": unknown}


def lines_of(log: UploadedFile) -> Iterator[str]:
    """The lines of an uploaded log, one at a time."""
    is_packed = (log.name or "").endswith(".gz")
    raw: Any = gzip.GzipFile(fileobj=log) if is_packed else log
    try:
        yield from TextIOWrapper(raw, encoding="utf-8", errors="replace")
    except (OSError, EOFError):
        return
