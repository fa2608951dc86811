"""What the personal views share: never stored by a cache, for the signed-in person alone, back to a safe address."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth.views import redirect_to_login
from django.db.models import BigIntegerField
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.decorators.vary import vary_on_cookie

if TYPE_CHECKING:
    from accounts.models import User

View = Callable[..., HttpResponse]
MOST_DIGITS = 50


def personal(view: View) -> View:
    """Keep an answer out of every shared cache (RFC 9111: private, no-store)."""
    return never_cache(vary_on_cookie(view))


def personal_post(view: View) -> View:
    """A POST by a signed-in person; others sign in first and then see the page they came from."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(safe_next(request))
        return view(request, *args, **kwargs)

    return personal(require_POST(checked))


def person_of(request: HttpRequest) -> User:
    return cast("User", request.user)


def safe_next(request: HttpRequest) -> str:
    """Return the address to go back to, if it is one of this site; else “My learning”."""
    wanted = request.POST.get("next", "")
    here = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=here, require_https=request.is_secure())
    return wanted if safe else reverse("careers:my_learning")


def wants_fragment(request: HttpRequest) -> bool:
    """Whether static/js/fragments.js asks, and puts the answer in place."""
    return request.headers.get("X-Requested-With") == "fetch"


def storable(pk: int) -> int:
    """Refuse a number that no database column holds, before SQLite raises OverflowError."""
    if pk > BigIntegerField.MAX_BIGINT:
        raise Http404
    return pk


def number_in(request: HttpRequest, name: str) -> int | None:
    """Return a whole number that a form sent along, None if it sent none; anything else raises Http404."""
    text = request.POST.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < MOST_DIGITS):
        raise Http404
    return int(text)
