"""Which page an address leads to, remembered until the next publication.

Only pages that anybody may see are remembered, as their type and id. The page itself is read at every request, and with
it that it is published and not private. Any other address is found, and guarded, by Wagtail as ever.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.http import HttpRequest
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from home import fragments
from home.models import BasePage
from home.querysets import unrestricted


def lead(request: Any, path: str) -> None:
    """Put the site and the page of a known address where Wagtail looks for them first."""
    request._wagtail_site = fragments.kept(request, ("site",), lambda: Site.find_for_request(request))
    target = fragments.kept(request, ("route", path), lambda: _public_page(request, path))
    if target and not hasattr(request, "_wagtail_route_for_request"):
        model, pk = target
        rows = apps.get_model(model)._default_manager.select_related("locale")
        page = rows.filter(unrestricted(), pk=pk, live=True).order_by().first()
        if page:
            page.known_public = True
            request._wagtail_route_for_request = RouteResult(page)


def _public_page(request: HttpRequest, path: str) -> tuple[str, int] | None:
    route = Page.route_for_request(request, path)
    if route is None or route.args or route.kwargs or not isinstance(route.page, BasePage):
        return None
    page: Any = route.page
    page.known_public = not page.get_view_restrictions().exists()
    return (page._meta.label, page.pk) if page.known_public else None
