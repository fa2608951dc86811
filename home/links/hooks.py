from __future__ import annotations

from typing import Any

from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from home.desk.reports import EditorsMenuItem
from home.links import report


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
    return EditorsMenuItem(_("Links"), reverse("links:index"), name="links", icon_name="link", order=95)
