"""What is kept about me: to see, to take along, to delete. Both of the latter ask for the password again."""

from __future__ import annotations

from typing import cast

from allauth.account.decorators import reauthentication_required
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.privacy import registry
from accounts.privacy.erasing import LastAdministrator, erase, holdings, is_last_administrator
from accounts.privacy.exporting import write_export
from accounts.privacy.forms import DeletionForm
from accounts.privacy.looks import looks_at

#: An export reads every row of a person.
EXPORTS, SECONDS = 5, 3600


@never_cache
@require_safe
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/privacy/overview.html", {"looks": looks_at(_person(request))})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@reauthentication_required
def export(request: HttpRequest) -> HttpResponseBase:
    if request.method != "POST":
        return render(request, "accounts/privacy/export.html")
    person = _person(request)
    if not _may_export(person):
        response = render(request, "accounts/privacy/export.html", {"refused": True}, status=429)
        response["Retry-After"] = str(SECONDS)
        return response
    name = f"about-me-{timezone.localdate()}.zip"
    return FileResponse(write_export(person), as_attachment=True, filename=name, content_type="application/zip")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@reauthentication_required
def delete(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    form = DeletionForm(request.POST if request.method == "POST" else None, choices=registry.choices_for(person))
    if request.method == "POST" and form.is_valid():
        try:
            erase(person=person, wishes=form.wishes)
        except LastAdministrator:
            return _ask(request, form)
        logout(request)
        return redirect("accounts:deleted")
    return _ask(request, form)


@never_cache
@require_safe
def deleted(request: HttpRequest) -> HttpResponse:
    """Where somebody lands who has deleted their account, and anybody else."""
    return render(request, "accounts/privacy/deleted.html")


def _ask(request: HttpRequest, form: DeletionForm) -> HttpResponse:
    person = _person(request)
    goes, stays = holdings(person)
    context = {"form": form, "goes": goes, "stays": stays, "last": is_last_administrator(person)}
    refused = form.is_bound and (form.errors or context["last"])
    return render(request, "accounts/privacy/delete.html", context, status=422 if refused else 200)


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)


def _may_export(person: User) -> bool:
    key = f"limit:export:{person.pk}"
    if cache.add(key, 1, SECONDS):
        return True
    try:
        return cache.incr(key) <= EXPORTS
    except ValueError:  # the window ended in between
        return True
