"""Revoking a certificate, in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.models import InspectView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import Button

from careers.credentials import issuing
from careers.credentials.forms import RevokeForm
from careers.models import Credential
from careers.views.personal import person_of

REVOCABLE = {Credential.State.VALID, Credential.State.EXPIRED}


class CertificateInspectView(InspectView):
    revoke_url_name = ""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        address = self.object.get_absolute_url()
        buttons = [Button(_("See it as everybody does"), url=address, icon_name="view", priority=5)]
        if self.object.state in REVOCABLE and self.user_has_permission("revoke"):
            url = reverse(self.revoke_url_name, args=[self.object.pk])
            buttons.append(Button(_("Revoke"), url=url, icon_name="warning", priority=20))
        return buttons

    def get_state_display_value(self) -> str:
        return str(self.object.state.label)

    def get_evidence_display_value(self) -> str:
        return "; ".join(step["title"] for step in self.object.steps)


class RevokeView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    permission_required = "revoke"
    form_class = RevokeForm
    template_name = "careers/credentials/admin/revoke.html"
    page_title = gettext_lazy("Revoke a certificate")
    header_icon = "warning"
    model = Credential
    index_url_name = ""
    inspect_url_name = ""

    @cached_property
    def object(self) -> Credential:
        credential: Credential = get_object_or_404(Credential.objects.select_related("person"), pk=self.kwargs["pk"])
        return credential

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        steps = [
            {"url": reverse(self.index_url_name), "label": _("Certificates")},
            {"url": reverse(self.inspect_url_name, args=[self.object.pk]), "label": str(self.object)},
            {"url": "", "label": _("Revoke")},
        ]
        return [*self.breadcrumbs_items, *steps]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"credential": self.object, "revocable": self.object.state in REVOCABLE}

    def form_valid(self, form: RevokeForm) -> HttpResponse:
        if issuing.revoke(self.object, reason=form.cleaned_data["reason"], by=person_of(self.request)):
            messages.success(self.request, _("%(code)s was revoked.") % {"code": self.object})
        else:
            messages.error(self.request, _("%(code)s does not hold any more.") % {"code": self.object})
        return redirect(reverse(self.inspect_url_name, args=[self.object.pk]))
