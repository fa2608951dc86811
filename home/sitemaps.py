"""What search engines may find (sitemaps.org): public pages, areas and people."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import Exists, OuterRef
from django.db.models.functions import Left
from wagtail.contrib.sitemaps import Sitemap as WagtailSitemap
from wagtail.models import Page

from home.models import Area, Person
from home.querysets import unrestricted

FIELDS = ("url_path", "path", "depth", "locale", "slug", "last_published_at", "latest_revision_created_at")


class PageSitemap(WagtailSitemap):
    """Pages, without their specific tables: an address and a date are all that is asked."""

    limit = 5000

    def items(self) -> Any:
        """Those below the front page of every language."""
        root = self.get_wagtail_site().root_page
        above = Left(OuterRef("path"), len(root.path))
        homes = root.get_translations(inclusive=True).filter(path=above)
        pages = Page.objects.live().filter(Exists(homes))
        return pages.filter(unrestricted()).order_by("path").only(*FIELDS)

    def get_latest_lastmod(self) -> datetime | None:
        """The date for the index, in one query."""
        latest = self.items().filter(last_published_at__isnull=False).order_by("-last_published_at").first()
        return latest.last_published_at if latest else None


class AreaSitemap(Sitemap):
    def items(self) -> Any:
        return Area.objects.all()


class PersonSitemap(Sitemap):
    limit = 5000

    def items(self) -> Any:
        return Person.objects.order_by("pk")


SITEMAPS: dict[str, Any] = {"pages": PageSitemap, "areas": AreaSitemap, "people": PersonSitemap}
