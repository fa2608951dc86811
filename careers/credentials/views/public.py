"""A certificate at its short address: only a valid one answers 200, every other state has a page with 404 or 410."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from careers.credentials.badge import signed_badge
from careers.credentials.codes import read_code
from careers.credentials.drawing import qr_drawing
from careers.credentials.keys import NoSigningKey
from careers.credentials.pdf_cache import kept_pdf
from careers.credentials.selectors import certificate_for_reader, shown_successor
from careers.models import Credential
from careers.views.personal import personal
from jobs.mail import absolute

NOT_FOUND, GONE, UNAVAILABLE = 404, 410, 503
JWT_TYPE = "text/plain; charset=utf-8"


@personal
@require_safe
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    found = find(request, code)
    if isinstance(found, HttpResponse):
        return found
    if found.printed_code != code:
        return redirect(found, permanent=True)
    return state_page(request, found)


@personal
@require_safe
def pdf(request: HttpRequest, code: str) -> HttpResponse:
    return download(request, code, make=kept_pdf, kind="application/pdf", ending="pdf")


@personal
@require_safe
def badge(request: HttpRequest, code: str) -> HttpResponse:
    """The Open Badge as a compact JWS (OB 3.0, 5.2: text/plain, .jwt)."""
    try:
        return download(request, code, make=signed_badge, kind=JWT_TYPE, ending="jwt")
    except NoSigningKey:
        return private(render(request, "careers/credentials/no_key.html", status=UNAVAILABLE))


def download(
    request: HttpRequest, code: str, *, make: Callable[[Credential], str | bytes], kind: str, ending: str
) -> HttpResponse:
    """What is made of a valid certificate; for any other the page that says why there is none."""
    found = find(request, code)
    if isinstance(found, HttpResponse):
        return found
    if not found.is_valid:
        return state_page(request, found)
    response = HttpResponse(make(found), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="certificate-{found.printed_code}.{ending}"'
    return private(response)


def find(request: HttpRequest, text: str) -> Credential | HttpResponse:
    code = read_code(text)
    credential = certificate_for_reader(code, request.user) if code else None
    if credential:
        return credential
    context = {"typed": text, "misspelt": code is None}
    return private(render(request, "careers/credentials/unknown.html", context, status=NOT_FOUND))


def state_page(request: HttpRequest, credential: Credential) -> HttpResponse:
    address = absolute(credential.get_absolute_url())
    context = {
        "credential": credential,
        "is_mine": credential.person_id == request.user.pk,
        "successor": shown_successor(credential),
        "address": address,
        "qr": qr_drawing(address) if credential.is_valid else None,
    }
    template = f"careers/credentials/{credential.state.value}.html"
    return private(render(request, template, context, status=200 if credential.is_valid else GONE))


def private(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"  # the address is what lets one in
    return response
