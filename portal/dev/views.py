"""The outbox of the embedded default: every mail that the portal sent, without a mail server."""

from __future__ import annotations

from csp.constants import SELF
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from digests.framed import framed
from portal.dev import mailbox
from portal.dev.mailbox import StoredMail


@require_safe
@never_cache
def outbox(request: HttpRequest) -> HttpResponse:
    context = {"mails": mailbox.newest(), "to_files": "filebased" in settings.EMAIL_BACKEND}
    return render(request, "dev/outbox.html", context)


@require_safe
@never_cache
def mail(request: HttpRequest, name: str, number: int) -> HttpResponse:
    response = render(request, "dev/mail.html", {"mail": _find(name, number)})
    setattr(response, "_csp_update", {"frame-src": [SELF]})  # noqa: B010 - the attribute that django-csp reads
    return response


@require_safe
@never_cache
def html(request: HttpRequest, name: str, number: int) -> HttpResponse:
    return framed(_find(name, number).html)


def _find(name: str, number: int) -> StoredMail:
    found = mailbox.find(name, number)
    if found is None:
        raise Http404
    return found
