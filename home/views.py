"""Areas, people, search, and what robots may read."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe
from wagtail import views as wagtail_views
from wagtail.models import Page

from home import excerpts, languages, routes, searching
from home.listing import Listing
from home.look import stylesheet as look
from home.makers import made_by
from home.models import Area, ContentPage, Person, SiteIdentity

CLOSED_TO_ROBOTS = ("/admin/", "/django-admin/", "/accounts/", "/learning/", "/digest/", "/watch/", "/search/")


def page(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve any page of the tree as Wagtail does, with less to look up."""
    routes.lead(request, path)
    if elsewhere := _own_address(request, path):
        return redirect(elsewhere)
    return wagtail_views.serve(request, path)


def _own_address(request: HttpRequest, path: str) -> str:
    """Where a page is, if not here: without a front page in this language Wagtail falls back to the default one."""
    active = languages.active()
    route = Page.route_for_request(request, path) if active != settings.LANGUAGE_CODE else None
    is_here = route is None or route.page.locale.language_code == active
    return "" if is_here or route is None else route.page.get_url(request) or ""


@require_safe
def area(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Area, slug=slug)
    listing = Listing(ContentPage.objects.in_language(), request, within=found)
    context = {"area": found, "listing": listing, "feed_url": reverse("area_feed", args=[found.slug])}
    return render(request, "home/area.html", context | _canonical(found.get_absolute_url()))


@require_safe
def person(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Person.objects.select_related("photo"), slug=slug)
    listing = Listing(ContentPage.objects.in_language().filter(made_by(found)), request, without={"length", "tag"})
    context = {"person": found, "listing": listing}
    return render(request, "home/person.html", context | _canonical(found.get_absolute_url()))


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Search everything; without words, everything is listed."""
    words = searching.clean(request.GET.get("q", ""))
    rows = searching.find(words) if words else ContentPage.objects.all()
    listing = Listing(rows.in_language(), request, keep=["q"], keep_order=bool(words))
    context: dict[str, Any] = {"query": words, "listing": listing, "areas": listing.areas}
    if words:
        excerpts.attach(listing.page_obj, words)
        context["elsewhere"] = searching.elsewhere(words, listing.areas)
        context["suggestions"] = [] if listing.count or listing.values else searching.suggestions(words)
    return render(request, "home/search.html", context | _canonical(reverse("search")))


@require_safe
def stylesheet(request: HttpRequest, digest: str) -> HttpResponse:
    """Answer the site's stylesheet; under an address of another content for a minute only, while pages change over."""
    identity = SiteIdentity.for_request(request)
    css = look.text(base=identity.base, fonts=identity.fonts)
    lifetime = "max-age=31536000, immutable" if digest == look.digest(css) else "max-age=60"
    answer = HttpResponse(css, content_type="text/css; charset=utf-8")
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        answer = HttpResponse(look.compressed(css), content_type="text/css; charset=utf-8")
        answer["Content-Encoding"] = "gzip"
    answer["Cache-Control"] = f"public, {lifetime}"
    patch_vary_headers(answer, ["Accept-Encoding"])
    return answer


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots what to leave alone (RFC 9309) and where the sitemap is."""
    closed = [f"{prefix}{path}" for prefix in languages.prefixes() for path in CLOSED_TO_ROBOTS]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines.append(f"Sitemap: {settings.BASE_URL}{reverse('sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _canonical(path: str) -> dict[str, str]:
    return {"canonical_url": f"{settings.BASE_URL}{path}"}
