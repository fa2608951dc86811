"""Import from WordPress in the admin: bring a file, see what would become of it, map, start, watch, read the report."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from careers.models import WordPressImport
from careers.views.personal import person_of
from careers.wordpress import actions, report
from careers.wordpress.forms import FileForm, MappingForm

PERMISSION = "careers.add_wordpressimport"
SHOWN = 100
HISTORY = 50


@method_decorator(permission_required(PERMISSION), name="dispatch")
class ImportsView(WagtailAdminTemplateMixin, TemplateView):
    """The form for a new file, and what was brought before."""

    page_title = gettext_lazy("Import from WordPress")
    header_icon = "upload"
    template_name = "careers/admin/wordpress/index.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        batches = WordPressImport.objects.select_related("by").order_by("-created_at", "-pk")[:HISTORY]
        return {"form": FileForm()} | super().get_context_data(batches=batches, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = FileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        batch = actions.begin(by=person_of(request), **form.cleaned_data)
        messages.success(request, _("The file is here. It is being read; nothing is taken over yet."))
        return redirect("wordpress_import:one", batch.pk)


@method_decorator(permission_required(PERMISSION), name="dispatch")
class ImportView(WagtailAdminTemplateMixin, TemplateView):
    """One import: how far it is, its report, and what can be done with it."""

    header_icon = "upload"
    template_name = "careers/admin/wordpress/one.html"

    @property
    def batch(self) -> WordPressImport:
        return get_object_or_404(WordPressImport, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return self.batch.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": _("Import from WordPress")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        batch, verdict = self.batch, self.request.GET.get("verdict", "")
        page = Paginator(report.rows(batch, verdict), SHOWN).get_page(self.request.GET.get("p"))
        words = report.verdict_words(batch)
        for item in page:
            item.words = words[item.verdict]
        context = {"batch": batch, "sums": report.sums(batch), "items": page, "verdict": verdict}
        context["missing"] = report.missing_words(batch)
        may_start = batch.status == batch.Status.DONE
        form = {"form": MappingForm(batch)} if may_start else {}
        return form | super().get_context_data(**context, **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        batch, wish = self.batch, request.POST.get("wish")
        if wish == "start":
            form = MappingForm(batch, request.POST)
            if not form.is_valid():
                return self.render_to_response(self.get_context_data(form=form), status=422)
            area = form.cleaned_data["default_area"]
            begun = actions.start(batch=batch, areas=form.chosen, default_area=area)
            words = _("It has begun. You need not stay.") if begun else ""
        else:
            words = _("It is stopped.") if wish == "stop" and actions.stop(batch=batch) else ""
            words = _("It goes on.") if wish == "go-on" and actions.go_on(batch=batch) else words
        if words:
            messages.success(request, words)
        else:
            messages.warning(
                request, _("Nothing was done: somebody or the work itself has brought it further meanwhile.")
            )
        return redirect("wordpress_import:one", pk)


@require_safe
@permission_required(PERMISSION)
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    return report.download(get_object_or_404(WordPressImport, pk=pk))
