"""An edition as a reader would see it, and a test of it to oneself."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from digests.editions.previews import look_over, preview_edition
from digests.framed import framed
from digests.models import Edition
from digests.rendering import Rendered
from digests.views.edition_forms import PreviewForm
from digests.views.editions import SEE, EditionView
from jobs.mail import send_mail_later

#: A frame cannot be told to be dark: the rules for dark screens are made to hold always, or never.
DARK = re.compile(r"\(\s*prefers-color-scheme:\s*dark\s*\)")


class PreviewView(EditionView):
    template_name = "digests/admin/edition_preview.html"

    def get_page_title(self) -> str:
        return _("Preview: %s") % self.edition

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = PreviewForm(self.request.GET)
        mail = preview_edition(self.edition, form.kind(self.request.user))
        return {
            **super(EditionView, self).get_context_data(**kwargs),
            "edition": self.edition,
            "form": form,
            "shown": form.shown,
            "mail": mail,
            "findings": look_over(mail) if mail else [],
            "query": self.request.GET.urlencode(),
        }

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *before, _here = super().get_breadcrumbs_items()
        edition = {"url": reverse("editions:edit", args=[self.edition.pk]), "label": str(self.edition)}
        return [*before, edition, {"url": "", "label": gettext_lazy("Preview")}]


@require_safe
@permission_required(SEE)
def html(request: HttpRequest, pk: int) -> HttpResponse:
    mail = _mail(request, pk)
    scheme = PreviewForm(request.GET).shown["scheme"]
    return framed(DARK.sub("all" if scheme == "dark" else "not all", mail.html) if mail else "")


@require_POST
@permission_required(SEE)
def send_test(request: HttpRequest, pk: int) -> HttpResponse:
    """Send it to the person who asks, by `mail-now`."""
    mail, address = _mail(request, pk), request.user.email  # type: ignore[union-attr]
    if mail is None:
        messages.error(request, _("There is nothing to send."))
    else:
        subject = _("[Test] %(subject)s") % {"subject": mail.subject}
        send_mail_later(recipient=address, subject=subject, text=mail.text, html=mail.html)
        messages.success(request, _("A test is on its way to %(address)s.") % {"address": address})
    return redirect(f"{reverse('editions:preview', args=[pk])}?{request.GET.urlencode()}")


def _mail(request: HttpRequest, pk: int) -> Rendered | None:
    edition = get_object_or_404(Edition, pk=pk)
    return preview_edition(edition, PreviewForm(request.GET).kind(request.user))
