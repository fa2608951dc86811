from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from home.links import report


class LinksMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return report.may_see_links(request.user)


@hooks.register("register_admin_urls")
def links_addresses() -> list[URLPattern | URLResolver]:
    patterns: list[Any] = [
        path("", report.LinksReport.as_view(), name="index"),
        path("results/", report.LinksReport.as_view(results_only=True), name="results"),
        path("<int:pk>/", report.one_link, name="one"),
    ]
    return [path("reports/links/", include((patterns, "links")))]


@hooks.register("register_reports_menu_item")
def links_menu_item() -> MenuItem:
    return LinksMenuItem(_("Links"), reverse("links:index"), name="links", icon_name="link", order=95)
