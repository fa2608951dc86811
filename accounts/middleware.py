"""What every request of a signed-in person needs, and what the admin asks of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from home.languages import without_prefix

GetResponse = Callable[[HttpRequest], HttpResponseBase]

#: Everything outside is the same for everybody, so it knows neither the person nor their time zone.
PERSONAL_PREFIXES = ("/accounts/", "/learning/", "/admin/", "/django-admin/")


class PersonMiddleware:
    """The person's time zone, and no shared cache, on personal pages; public pages never load the person."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not without_prefix(request.path).startswith(PERSONAL_PREFIXES):
            return self.get_response(request)
        with timezone.override(_zone_of(request)):
            response = self.get_response(request)
        if "no-store" not in response.get("Cache-Control", ""):
            add_never_cache_headers(response)
        return response


class AdminSecondFactorMiddleware:
    """No address of either admin answers a signed-in person who has not shown a second factor in this session."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not settings.REQUIRE_ADMIN_MFA or not request.path.startswith(_admin_prefixes()):
            return self.get_response(request)
        if not request.user.is_authenticated or _is_way_out(request) or has_shown_second_factor(request):
            return self.get_response(request)
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            raise PermissionDenied(_("The administration needs a second factor."))
        return _ask_for_second_factor(request)


def has_shown_second_factor(request: HttpRequest) -> bool:
    """Whether the person still has a second factor and used one in this session."""
    user = request.user
    records = get_authentication_records(request, user)
    return any(record.get("method") == "mfa" for record in records) and is_mfa_enabled(user)


def _ask_for_second_factor(request: HttpRequest) -> HttpResponseBase:
    user = request.user
    back = request.get_full_path() if request.method == "GET" else reverse("wagtailadmin_home")
    if not is_mfa_enabled(user):
        messages.warning(
            request,
            _(
                "To work in the administration, protect your account with a second factor first: "
                "an authenticator app or a passkey. It takes two minutes."
            ),
        )
        return redirect_to_login(back, reverse("mfa_index"))
    by_code = is_mfa_enabled(user, ["totp", "recovery_codes"])
    return redirect_to_login(back, reverse("mfa_reauthenticate" if by_code else "mfa_reauthenticate_webauthn"))


def _admin_prefixes() -> tuple[str, ...]:
    return reverse("wagtailadmin_home"), reverse("admin:index")


def _is_way_out(request: HttpRequest) -> bool:
    return request.path in {reverse("wagtailadmin_logout"), reverse("admin:logout")}


def _zone_of(request: HttpRequest) -> tzinfo | None:
    """None is the site's own zone; without a session cookie nobody is looked up."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return None
    return request.user.zone
