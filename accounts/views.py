"""The profile, the header's personal part, and the one door of both admins."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_safe
from django.views.generic import UpdateView

from accounts.forms import ProfileForm
from accounts.models import User
from home.languages import home_address


@method_decorator(never_cache, name="dispatch")
class ProfileView(LoginRequiredMixin, UpdateView):
    form_class = ProfileForm
    template_name = "accounts/profile.html"
    success_url = reverse_lazy("accounts:profile")

    def get_object(self, queryset: QuerySet[User] | None = None) -> User:
        """A copy: a form that is refused leaves `request.user` as it was."""
        return User.objects.get(email=self.request.user.get_username())

    def form_valid(self, form: ModelForm[Any]) -> HttpResponse:
        messages.success(self.request, _("Your profile is saved."))
        return super().form_valid(form)


@require_safe
@never_cache
def header_fragment(request: HttpRequest) -> HttpResponse:
    """The part of the header that differs from person to person."""
    return render(request, "accounts/fragments/header.html")


@never_cache
@csrf_protect
def admin_door(request: HttpRequest, extra_context: object = None) -> HttpResponse:
    """Where both admins send people who may not come in: to allauth's sign-in, with its limits and second factors.

    Somebody who is signed in and lacks the rights gets 403, which ends the circle between the two. `extra_context`
    is there because Django's admin passes it.
    """
    target = _safe_target(request, fallback=reverse("wagtailadmin_home"))
    if not request.user.is_authenticated:
        return redirect_to_login(target, login_url=reverse("account_login"))
    django_admin = target.startswith(reverse("admin:index"))
    may = request.user.is_staff if django_admin else request.user.has_perm("wagtailadmin.access_admin")
    if not may:
        raise PermissionDenied(_("Your account has no access to this part of the site."))
    return HttpResponseRedirect(target)


@never_cache
def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Wagtail's own front-end login page hands on to ours."""
    return redirect_to_login(_safe_target(request, fallback=home_address()), reverse("account_login"))


def _safe_target(request: HttpRequest, *, fallback: str) -> str:
    asked = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME) or ""
    safe = url_has_allowed_host_and_scheme(asked, allowed_hosts=None, require_https=request.is_secure())
    return asked if safe and asked.startswith("/") and not asked.startswith(request.path) else fallback
