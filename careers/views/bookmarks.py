"""Keeping pages: the button on every page of content, and the list."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careers.learning import bookmarking
from careers.models import Bookmark
from careers.views.personal import person_of, personal, personal_post, safe_next, storable, wants_fragment
from careers.views.seen import page_for
from home.models import ContentKind, ContentPage

ON_A_PAGE = 24


@personal
@require_safe
def bookmark_fragment(request: HttpRequest, pk: int) -> HttpResponse:
    return render_bookmark(request, page_for(request, pk))


@personal_post
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    page = page_for(request, pk)
    try:
        bookmarking.keep(person=person_of(request), page=page)
    except bookmarking.TooManyBookmarks:
        words = _("You keep %(most)d pages already: take some from your bookmarks first.")
        words %= {"most": bookmarking.MOST_BOOKMARKS}
        if wants_fragment(request):
            return render_bookmark(request, page, refused=words)
        messages.error(request, words)
    return render_bookmark(request, page) if wants_fragment(request) else redirect(safe_next(request))


@personal_post
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Also for a page that is no longer there to see."""
    bookmarking.drop(person=person_of(request), page_id=storable(pk))
    return render_bookmark(request, page_for(request, pk)) if wants_fragment(request) else redirect(safe_next(request))


def render_bookmark(request: HttpRequest, page: ContentPage, *, refused: str = "") -> HttpResponse:
    own = Bookmark.objects.of(person_of(request)) if request.user.is_authenticated else Bookmark.objects.none()
    context = {"page": page, "kept": own.filter(page=page.pk).exists(), "refused": refused}
    return render(request, "careers/fragments/bookmark.html", context)


@personal
@require_safe
@login_required
def bookmarks(request: HttpRequest) -> HttpResponse:
    """The pages that the person keeps, the latest first; `?kind=` narrows them."""
    person = person_of(request)
    pages = ContentPage.objects.open_to(person).filter(bookmarks__person=person.pk)
    kinds = set(pages.order_by().values_list("kind", flat=True).distinct())
    asked = request.GET.get("kind", "")
    kind = asked if asked in kinds else ""
    shown = pages.filter(kind=kind) if kind else pages
    paginator = Paginator(shown.order_by("-bookmarks__created_at", "-pk").for_cards(), ON_A_PAGE)
    context = {
        "tab": "bookmarks",
        "page_obj": paginator.get_page(request.GET.get("page")),
        "kinds": [choice for choice in ContentKind if choice in kinds],
        "kind": kind,
    }
    return render(request, "careers/learning/bookmarks.html", context)
