"""Atom feeds (RFC 4287) of the newest content and of each area."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from home import languages
from home.makers import makers_of
from home.models import Area, ContentPage, SiteIdentity

LENGTH = 30


@method_decorator([conditional_page, require_safe], name="__call__")
class LatestFeed(Feed):
    feed_type = Atom1Feed

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().__call__(request, *args, **kwargs)

    def get_object(self, request: HttpRequest, **kwargs: Any) -> Any:
        """Return what the feed is about; its name comes from the site's identity."""
        name = SiteIdentity.for_request(request).name
        path = languages.home_address()
        return {"name": name, "title": name, "subtitle": _("Everything new"), "path": path, "area": None}

    def title(self, about: dict[str, Any]) -> str:
        return str(about["title"])

    def subtitle(self, about: dict[str, Any]) -> str:
        return str(about["subtitle"])

    def link(self, about: dict[str, Any]) -> str:
        return f"{settings.BASE_URL}{about['path']}"

    def author_name(self, about: dict[str, Any]) -> str:
        return str(about["name"])

    def items(self, about: dict[str, Any]) -> list[Any]:
        rows = ContentPage.objects.visible().in_language()
        rows = rows.in_area(about["area"]) if about["area"] else rows
        pages: list[Any] = list(rows.newest().prefetch_related("areas", "tagged_items__tag")[:LENGTH])
        makers = makers_of(page.pk for page in pages)
        for page in pages:
            page.makers = makers.get(page.pk, [])
        return pages

    def item_title(self, item: ContentPage) -> str:
        return str(item.title)

    def item_link(self, item: ContentPage) -> str:
        return str(item.full_url)

    def item_guid(self, item: ContentPage) -> str:
        """An id that stays when the page moves (RFC 4287, 4.2.6)."""
        return f"urn:uuid:{item.translation_key}"

    def item_description(self, item: ContentPage) -> str:
        return item.summary

    def item_author_name(self, item: Any) -> str:
        return ", ".join(person.name for person in item.makers)

    def item_pubdate(self, item: ContentPage) -> datetime:
        return timezone.make_aware(datetime.combine(item.published_on, time()))

    def item_updateddate(self, item: Any) -> datetime:
        return max(item.last_published_at or self.item_pubdate(item), self.item_pubdate(item))

    def item_categories(self, item: Any) -> list[str]:
        return [
            *(area.local.title for area in item.areas.all()),
            *(tagged.tag.name for tagged in item.tagged_items.all()),
        ]


class AreaFeed(LatestFeed):
    def get_object(self, request: HttpRequest, **kwargs: Any) -> Any:
        area = get_object_or_404(Area, slug=kwargs["slug"])
        about = super().get_object(request)
        return about | {
            "title": f"{about['name']}: {area.local.title}",
            "subtitle": area.local.summary,
            "path": reverse("area", args=[area.slug]),
            "area": area,
        }
