"""Following a masterclass: the button on its page, the list of what one follows, and the link in the mail."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from careers.views.personal import person_of, personal, personal_post, safe_next, storable, wants_fragment
from masterclasses.models import Follow, MasterclassPage
from masterclasses.telling import following


@personal
@require_safe
def follow_fragment(request: HttpRequest, pk: int) -> HttpResponse:
    return _button(request, _visible(pk))


@personal_post
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    masterclass = _visible(pk)
    following.follow(person=person_of(request), masterclass=masterclass)
    return _button(request, masterclass) if wants_fragment(request) else redirect(safe_next(request))


@personal_post
def unfollow(request: HttpRequest, pk: int) -> HttpResponse:
    """Also for a masterclass that has gone out of sight."""
    following.unfollow(person=person_of(request), masterclass_id=storable(pk))
    if not wants_fragment(request):
        return redirect(safe_next(request))
    return _list(request) if "list" in request.POST else _button(request, _visible(pk))


@personal
@require_safe
@login_required
def followed(request: HttpRequest) -> HttpResponse:
    """A page of its own for browsers without scripts; in “My learning” the same list is a fragment."""
    if wants_fragment(request):
        return _list(request)
    return render(request, "masterclasses/following.html", {"follows": following.followed_by(person_of(request))})


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_following(request: HttpRequest, key: str) -> HttpResponse:
    """RFC 8058: a mail program posts one known field, with no cookie, and wants no redirect. So does our own page."""
    row = Follow.objects.filter(key=key).select_related("masterclass").first()
    if request.method != "POST":
        return _framed(
            render(request, "masterclasses/stop_following.html", {"follow": row}, status=200 if row else 410)
        )
    if row and request.POST.get("List-Unsubscribe") == "One-Click":
        following.unfollow(person=row.person_id, masterclass_id=row.masterclass_id)
        row = None
    return _framed(render(request, "masterclasses/stop_following.html", {"follow": row}))


def _framed(response: HttpResponse) -> HttpResponse:
    """The address holds a key that no other site is to see."""
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def _button(request: HttpRequest, masterclass: MasterclassPage) -> HttpResponse:
    mine = (
        request.user.is_authenticated and Follow.objects.filter(person=request.user, masterclass=masterclass).exists()
    )
    return render(request, "masterclasses/fragments/follow.html", {"page": masterclass, "follows": mine})


def _list(request: HttpRequest) -> HttpResponse:
    context = {"follows": following.followed_by(person_of(request))}
    return render(request, "masterclasses/fragments/following.html", context)


def _visible(pk: int) -> MasterclassPage:
    found: MasterclassPage = get_object_or_404(MasterclassPage.objects.visible(), pk=storable(pk))
    return found
