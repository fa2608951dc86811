"""An editor takes over another list: a file is looked at first, and taken over with a second button."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from digests.models import SubscriberImport
from digests.subscribers import lists
from digests.subscribers.importing import Result, Verdict, sums, take

PERMISSION = "digests.add_subscriber"
SHOWN = 500


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "CSV in UTF-8 with a first line of names. Needed: email. Possible: areas, rhythm, weekday (0 is Monday), "
            "month_day, hour, time_zone, language, consent."
        ),
        error_messages={"required": gettext_lazy("Choose a file.")},
    )
    consent = forms.CharField(
        label=gettext_lazy("What these people agreed to, and where"),
        help_text=gettext_lazy(
            "Kept with each subscriber as their consent. Lines with a consent of their own keep it."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2000,
    )


@method_decorator(permission_required(PERMISSION), name="dispatch")
class ImportView(WagtailAdminTemplateMixin, TemplateView):
    page_title = gettext_lazy("Import subscribers")
    header_icon = "upload"
    template_name = "digests/admin/import.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {"form": FileForm()} | super().get_context_data(**kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = FileForm(request.POST, request.FILES)
        if form.is_valid():
            upload = form.cleaned_data["file"]
            try:
                data = upload.read(lists.MOST_BYTES + 1)
                lists.read(data)
            except lists.NotAList as error:
                form.add_error("file", str(error))
            else:
                kept = SubscriberImport.objects.create(
                    name=upload.name[:200], data=data, consent=form.cleaned_data["consent"], by_id=request.user.pk
                )
                return redirect("subscriber_import:look", kept.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)


@method_decorator(permission_required(PERMISSION), name="dispatch")
class LookView(WagtailAdminTemplateMixin, TemplateView):
    page_title = gettext_lazy("Import subscribers")
    header_icon = "upload"
    template_name = "digests/admin/import_look.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def kept(self) -> SubscriberImport:
        return get_object_or_404(SubscriberImport, pk=self.kwargs["pk"], taken_at=None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kept = self.kept()
        results = run(kept, write=False)
        told = sorted(results, key=lambda result: result.verdict == Verdict.TAKEN)
        return super().get_context_data(
            kept=kept,
            sums=sums(results),
            results=told[:SHOWN],
            more=len(told) - SHOWN,
            to_take=sum(result.verdict == Verdict.TAKEN for result in results),
            **kwargs,
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        kept = self.kept()
        results = run(kept, write=True)
        taken = sum(result.verdict == Verdict.TAKEN for result in results)
        SubscriberImport.objects.filter(pk=kept.pk).update(data=b"", taken_at=timezone.now(), taken=taken)
        messages.success(request, _("Subscribed: %(count)d of %(all)d lines.") % {"count": taken, "all": len(results)})
        return redirect("subscribers:index")


def run(kept: SubscriberImport, *, write: bool) -> list[Result]:
    return take(lists.read(bytes(kept.data)), consent=kept.consent, write=write)
