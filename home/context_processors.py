"""What the shell around every page needs."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from home import fragments, languages
from home.models import StandardPage
from home.querysets import unrestricted


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give templates `shell`: `navigation` [{title, url, current}], `footer_pages`, `feeds` [{title, url}], `section`,
    the `library_url`, empty without a library, the `home_url`, and `homes`, the front pages by their language.

    Nothing is asked of the database before a template looks at it; then it is one query, once for each publication.
    `section` is what the masthead hangs on: the address marked as current; empty where words searched for are in it.
    """
    return {"shell": SimpleLazyObject(lambda: _shell(request))}


def _shell(request: HttpRequest) -> dict[str, Any]:
    known: dict[str, Any] | None = getattr(request, "_portal_shell", None)
    if known is None:
        known = _read(request)
        request._portal_shell = known  # type: ignore[attr-defined]
    return known


def _read(request: HttpRequest) -> dict[str, Any]:
    menus = fragments.kept(request, ("menus",), lambda: _menus(request))
    navigation = [item | {"current": _is_in(request, item["url"])} for item in menus["navigation"]]
    marked = next((item["url"] for item in navigation if item["current"]), "none")
    section = "" if request.GET.get("q") else marked
    return menus | {"navigation": navigation, "section": section}


def _is_in(request: HttpRequest, url: str) -> bool:
    return bool(url) and request.path.startswith(url)


def _homes_and_sections(root: Any) -> tuple[list[Any], list[Any]]:
    """The front page in each language in which it can be read, and the pages below the one of this language."""
    below = Q(path__startswith=root.path, depth=root.depth + 1)
    rows = Page.objects.live().filter(unrestricted()).filter(below | Q(translation_key=root.translation_key))
    found = list(rows.select_related("locale").order_by("path"))
    return [page for page in found if page.depth == root.depth], [page for page in found if page.depth > root.depth]


def _menus(request: HttpRequest) -> dict[str, Any]:
    """Sections are in the navigation; plain pages in the footer, and in the navigation when "Show in menus" says so."""
    site = Site.find_for_request(request)
    homes, pages = _homes_and_sections(languages.root_of(site)) if site else ([], [])
    plain = ContentType.objects.get_for_model(StandardPage).pk
    library = ContentType.objects.get_by_natural_key("careers", "librarypage").pk
    entries = [(page, {"title": page.title, "url": page.get_url(request) or ""}) for page in pages]
    return {
        "home_url": languages.home_address(),
        "homes": {page.locale.language_code: page.get_url(request) or "" for page in homes},
        "library_url": next((entry["url"] for page, entry in entries if page.content_type_id == library), ""),
        "navigation": [entry for page, entry in entries if page.show_in_menus or page.content_type_id != plain],
        "footer_pages": [entry for page, entry in entries if page.content_type_id == plain],
        "feeds": [{"title": _("Everything new"), "url": reverse("feed")}],
    }
