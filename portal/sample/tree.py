"""Pages of the sample community: each is made once, found again by its slug, and left alone afterwards."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any, TypeVar

from django.core.files.base import ContentFile
from wagtail.models import Page

from home.images import CARD_IMAGE_SPECS, SHARE_IMAGE_SPEC
from home.models import Area, ContentPage, CustomImage, Person
from portal.sample import covers

PageType = TypeVar("PageType", bound=Page)


def child(parent: Page, page: PageType) -> tuple[PageType, bool]:
    """Return the child of `parent` with the slug of `page`, and whether it had to be made."""
    found = type(page).objects.child_of(parent).filter(slug=page.slug).first()
    if found:
        return found, False
    parent.add_child(instance=page)
    return page, True


def published_at(day: date) -> dict[str, Any]:
    """The dates of a page that was published in the morning of `day`."""
    moment = datetime.combine(day, time(8), tzinfo=UTC)
    return {"published_on": day, "first_published_at": moment, "last_published_at": moment}


def finish(page: ContentPage, item: dict[str, Any]) -> None:
    """Give a new page its areas, tags, minutes and a first revision."""
    page.areas.set(Area.objects.filter(slug__in=item["areas"]))
    page.tags.set(item.get("tags", []))
    page.full_clean()
    page.save()


def cover(slug: str, title: str, design: dict[str, Any]) -> CustomImage:
    found = CustomImage.objects.filter(title=f"Cover: {title}").first()
    if found:
        return found
    picture = covers.draw_cover(design["motif"], design["hue"], slug)
    image = CustomImage.objects.create(
        title=f"Cover: {title}",
        file=ContentFile(picture, name=f"{slug}.jpg"),
        width=covers.SIZE[0],
        height=covers.SIZE[1],
    )
    image.get_renditions(*CARD_IMAGE_SPECS, SHARE_IMAGE_SPEC)  # so that the first visitor need not wait for them
    return image


def people(slugs: list[str]) -> list[Person]:
    by_slug = Person.objects.in_bulk(slugs, field_name="slug")
    return [by_slug[slug] for slug in slugs]
