"""An edition on its editor's desk: what is in it, to whom and when it goes, what is wrong, what became of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView
from wagtail.admin.auth import permission_required
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from digests.charts import bar_chart
from digests.delivery.alerts import PERMISSION as STOP
from digests.editions.accounting import lines_of, progress_of, totals_of
from digests.editions.actions import in_order
from digests.editions.audience import audience_of, audiences_of
from digests.editions.clicks import clicks_of
from digests.editions.previews import look_over, preview_edition
from digests.models import DigestSettings, Edition, Run
from digests.views.edition_forms import AddForm, NoteForm
from digests.views.runs import VIEW as SEE_RUNS
from home.desk.at_once import editing_sessions, read_so_far

SEE, CHANGE, APPROVE = "digests.view_edition", "digests.change_edition", "digests.approve_edition"


class EditionIndexView(IndexView):
    any_permission_required = ("view", "change")

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().order_by("-first_day", "-pk")

    def get_edit_url(self, instance: Edition) -> str:
        """Who may look may open it, too."""
        return reverse(self.edit_url_name, args=[instance.pk])

    def get_table(self, object_list: Any) -> Any:
        """The rows with how many are still to get each."""
        editions = list(object_list)
        numbers = audiences_of(editions)
        for edition in editions:
            edition.to_go = numbers[edition.pk]
        return super().get_table(editions)


@method_decorator(permission_required(SEE), name="dispatch")
class EditionView(WagtailAdminTemplateMixin, TemplateView):
    header_icon = "mail"
    template_name = "digests/admin/edition.html"
    index_url_name = "editions:index"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.edition = get_object_or_404(Edition.objects.with_begun(), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return str(self.edition)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        editions = {"url": reverse(self.index_url_name), "label": gettext_lazy("Editions")}
        return [*self.breadcrumbs_items, editions, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        edition, user = self.edition, self.request.user
        seen, may_change = read_so_far(edition), user.has_perm(CHANGE) and not is_closed(edition)
        mail = preview_edition(edition)
        note, add = NoteForm(instance=edition, for_user=user), AddForm()
        return {
            **super().get_context_data(**kwargs),
            **outcome_of(edition, user),
            "seen": seen,
            "history_url": reverse("editions:history", args=[edition.pk]) if user.has_perm(CHANGE) else None,
            "editing_sessions": editing_sessions(edition, user) if may_change else None,
            "items": in_order(edition),
            "clicks": clicks_of(edition.pk),
            "audience": audience_of(edition),
            "mail": mail,
            "findings": look_over(mail) if mail else [],
            "note_form": note,
            "add_form": add,
            "media": note.media + add.media,
            "may_change": may_change,
            "may_leave_out": user.has_perm(CHANGE) and edition.state != Edition.State.ARCHIVED,
            "may_approve": user.has_perm(APPROVE) and not is_closed(edition),
            "needs_approval": DigestSettings.load().needs_approval,
        }


@require_safe
@permission_required(SEE)
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page that is fetched again and again while it goes out."""
    edition = get_object_or_404(Edition.objects.with_begun(), pk=pk)
    return render(request, "digests/admin/edition_outcome.html", outcome_of(edition, request.user))


def outcome_of(edition: Any, person: Any) -> dict[str, Any]:
    lines = lines_of(edition)
    totals = totals_of(lines)
    return {
        "edition": edition,
        "closed": is_closed(edition),
        "lines": lines,
        "candidates": sum(number for _name, _label, number in totals),
        "chart": bar_chart(totals),
        "progress": progress_of(edition),
        "run": Run.objects.filter(key=edition.period_key).first(),
        "may_see_run": person.has_perm(SEE_RUNS),
        "may_stop": person.has_perm(STOP),
    }


def is_closed(edition: Any) -> bool:
    return bool(edition.begun or edition.state != Edition.State.OPEN)
