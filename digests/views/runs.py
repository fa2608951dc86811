"""Runs in the admin: how each stands, and the buttons that stop it, let it go on and end it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import DetailView
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from digests.delivery import runs
from digests.delivery.accounting import account_of
from digests.delivery.alerts import PERMISSION
from digests.models import Edition, Run

VIEW = "digests.view_run"


@method_decorator(permission_required(VIEW), name="dispatch")
class RunView(WagtailAdminTemplateMixin, DetailView):
    model = Run
    template_name = "digests/admin/run.html"
    header_icon = "mail"
    page_title = gettext_lazy("Run")

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        may_change = self.request.user.has_perm(PERMISSION)
        return context | {"run": self.object, "account": account_of(self.object), "may_change": may_change}


Change = Callable[[Run, Any], bool]
CHANGES: dict[str, tuple[Change, Any]] = {
    "stop": (
        lambda run, person: runs.pause(run, reason=_("Stopped by %(person)s.") % {"person": person}, by=person),
        gettext_lazy("“%(run)s” is stopped: no further digest of it leaves."),
    ),
    "go-on": (lambda run, person: runs.go_on(run, by=person), gettext_lazy("“%(run)s” goes on.")),
    "end": (lambda run, person: runs.end(run, by=person), gettext_lazy("“%(run)s” is ended: who waited is skipped.")),
}


@require_POST
@permission_required(PERMISSION)
def change_run(request: HttpRequest, pk: int, how: str) -> HttpResponse:
    run = get_object_or_404(Run, pk=pk)
    if how not in CHANGES:
        raise Http404
    change, words = CHANGES[how]
    if change(run, request.user):
        messages.success(request, words % {"run": run})
    else:
        messages.warning(request, _("“%(run)s” was in another state already.") % {"run": run})
    edition = Edition.objects.filter(pk=_number(request.POST.get("edition", "")), period_key=run.key).first()
    return redirect("editions:edit", edition.pk) if edition else redirect("digest_runs:inspect", pk)


def _number(text: str) -> int:
    """The id in a button's value; 0, which is nothing's, for anything else."""
    return int(text) if text.isdecimal() and len(text) < 12 else 0
