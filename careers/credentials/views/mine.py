"""A person's own certificates and hours."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careers.credentials import hours as ledger
from careers.credentials import issuing
from careers.credentials.codes import read_code
from careers.credentials.evidence import CERTIFIED_KINDS
from careers.credentials.forms import NameForm
from careers.credentials.hours_csv import csv_of
from careers.credentials.selectors import certificates_of
from careers.models import Credential
from careers.views.personal import person_of, personal, personal_post, storable, wants_fragment
from home.models import ContentPage


@personal
@require_safe
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """All certificates, on a page of their own; in “My learning” the same list is a fragment."""
    template = "careers/credentials/list.html" if wants_fragment(request) else "careers/credentials/certificates.html"
    return render(request, template, {"tab": "certificates", "certificates": certificates_of(person_of(request))})


@personal_post
def get(request: HttpRequest, pk: int) -> HttpResponse:
    """“Get my certificate”, for a path or masterclass that is out of sight by now as well."""
    page = get_object_or_404(ContentPage, pk=storable(pk), kind__in=CERTIFIED_KINDS)
    credential = issuing.issue(person=person_of(request), page=page)
    if credential is None:
        raise Http404
    return redirect(credential)


@personal_post
def hide(request: HttpRequest, code: str) -> HttpResponse:
    credential = own(request, code)
    issuing.show(credential, hidden="show" not in request.POST)
    return redirect(credential)


@personal
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def reissue(request: HttpRequest, code: str) -> HttpResponse:
    """Issue a certificate anew under another name."""
    credential = own(request, code)
    form = NameForm(request.POST or None, initial={"name": credential.name}, instance=Credential())
    if request.method == "POST" and form.is_valid():
        try:
            new = issuing.reissue(credential, name=form.cleaned_data["name"])
        except issuing.NotReissuable:
            return redirect(credential)
        messages.success(request, _("Your certificate was issued anew. The old address leads here."))
        return redirect(new)
    return render(request, "careers/credentials/reissue.html", {"credential": credential, "form": form})


@personal
@require_safe
@login_required
def hours(request: HttpRequest) -> HttpResponse:
    context = {"tab": "certificates", "years": ledger.years_of(person_of(request))}
    return render(request, "careers/credentials/hours.html", context)


@personal
@require_safe
@login_required
def hours_csv(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(csv_of(ledger.years_of(person_of(request))), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="learning-hours.csv"'
    return response


def own(request: HttpRequest, code: str) -> Credential:
    credential: Credential = get_object_or_404(Credential.objects.of(person_of(request)), code=read_code(code) or "")
    return credential
