"""Which of a mail's own addresses lead to nothing that anybody may open. Asks the database, never the network."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from django.conf import settings
from django.db.models import Q
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from django.utils.translation import get_language_from_path
from wagtail.models import Page, Site

from home import languages
from home.querysets import unrestricted

#: What Wagtail's own view serves is a page; any other view is there as long as its address is.
PAGE_VIEW = "wagtail_serve"


def dead_among_links_of(html: str) -> set[str]:
    soup = BeautifulSoup(html, "html.parser")
    return dead_among(str(link["href"]) for link in soup.find_all("a", href=True))


def dead_among(addresses: Iterable[str]) -> set[str]:
    """Return the dead ones. Three queries, however many there are."""
    pages: dict[str, str] = {}
    dead: set[str] = set()
    for address in addresses:
        if not address.startswith(f"{settings.BASE_URL}/"):
            continue
        path = urlsplit(address).path
        try:
            code = get_language_from_path(path) or settings.LANGUAGE_CODE
            with translation.override(code):
                if resolve(path).view_name == PAGE_VIEW:
                    pages[address] = path
        except Resolver404:
            dead.add(address)
    return dead | _without_page(pages)


def _without_page(pages: dict[str, str]) -> set[str]:
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    if not site or not pages:
        return set()
    homes = site.root_page.get_translations(inclusive=True)
    roots = dict(homes.values_list("locale__language_code", "url_path"))
    places = {address: _place(path, roots) for address, path in pages.items()}
    alive = Q(expire_at=None) | Q(expire_at__gt=timezone.now())
    found = Page.objects.live().filter(alive, unrestricted(), url_path__in=set(places.values()))
    open_to_all = set(found.values_list("url_path", flat=True))
    return {address for address, place in places.items() if place not in open_to_all}


def _place(path: str, roots: dict[str, str]) -> str:
    """Where in the tree the page of an address stands; nowhere, for a language without a front page."""
    root = roots.get(get_language_from_path(path) or settings.LANGUAGE_CODE)
    return f"{root.rstrip('/')}{languages.without_prefix(path)}" if root else ""
