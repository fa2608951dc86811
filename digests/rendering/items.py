"""Pages as the mail shows them: plain values, every address absolute."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.images.models import SourceImageIOError

from digests.selection import COVER, THUMB, Section, Step
from home.models import ContentKind, ContentPage
from jobs.mail import one_line

logger = logging.getLogger(__name__)
INVITATIONS: Mapping[str, str | Promise] = {
    ContentKind.RESOURCE: gettext_lazy("Go to resource"),
    ContentKind.PATH: gettext_lazy("Go to path"),
    ContentKind.MASTERCLASS: gettext_lazy("Go to masterclass"),
    ContentKind.PART: gettext_lazy("Go to part"),
}


@dataclass(frozen=True)
class Picture:
    src: str
    width: int
    height: int


@dataclass(frozen=True)
class Item:
    """Two items that are equal look the same: whole mails are recognised by them (`moulds`)."""

    title: str
    summary: str
    kind: str
    minutes: int
    link: str
    invitation: str
    cover: Picture | None
    thumb: Picture | None
    alt: str


@dataclass(frozen=True)
class ItemSection:
    """`followed`: new parts of masterclasses that the reader follows, of whatever area."""

    title: str
    hue: str
    items: tuple[Item, ...]
    followed: bool = False


@dataclass(frozen=True)
class StepItem:
    path: str
    title: str
    minutes: int
    link: str


@dataclass(frozen=True)
class EveningItem:
    """`when` is on a clock at the place of the evening."""

    title: str
    when: str
    place: str
    link: str


def evening_of(page: Any) -> EveningItem:
    begins = page.event_from.astimezone(page.event_clock)
    words = _("%(day)s, %(clock)s (%(zone)s)") if page.event_begins else "%(day)s"
    day = date_format(begins, "WEEKDAY_DAY_FORMAT")
    when = words % {"day": day, "clock": f"{begins:%H:%M}", "zone": begins.tzname()}
    return EveningItem(one_line(page.title), when, one_line(page.event_place), address_of(page))


def sections_of(sections: list[Section], *, counted: int = 0) -> tuple[ItemSection, ...]:
    """The sections with their items; the first of all is the lead, with a large picture.

    `counted` is the edition for which clicks on them are counted, or 0.
    """
    lead = sections[0].pages[0]
    return tuple(
        ItemSection(
            section.title,
            section.hue,
            tuple(item_of(page, lead=page is lead, counted=counted) for page in section.pages),
            followed=section.area is None,
        )
        for section in sections
    )


def item_of(page: ContentPage, *, lead: bool = False, counted: int = 0) -> Item:
    """The page's item, made once for each language however many readers share this very page."""
    made: dict[tuple[str | None, str, bool, int], Item] = page.__dict__.setdefault("_digest_items", {})
    key = (get_language(), settings.BASE_URL, lead, counted)
    if key not in made:
        made[key] = _item_of(page, lead=lead, counted=counted)
    return made[key]


def _item_of(page: ContentPage, *, lead: bool, counted: int) -> Item:
    return Item(
        title=one_line(page.title),
        summary=one_line(page.summary),
        kind=page.get_kind_display(),
        minutes=page.minutes,
        link=settings.BASE_URL + reverse("digests:to", args=[counted, page.pk]) if counted else address_of(page),
        invitation=str(INVITATIONS.get(page.kind, _("Go to article"))),
        cover=picture_of(page, COVER) if lead else None,
        thumb=None if lead else picture_of(page, THUMB),
        alt=one_line(page.cover.default_alt_text) if page.cover else "",
    )


def step_of(step: Step) -> StepItem:
    return StepItem(one_line(step.path), one_line(step.page.title), step.page.minutes, address_of(step.page))


def address_of(page: ContentPage) -> str:
    """The page's address below BASE_URL, whatever host a request came to."""
    return settings.BASE_URL + path_of(page)


def path_of(page: ContentPage) -> str:
    if "_digest_path" not in page.__dict__:
        parts = page.get_url_parts()
        page.__dict__["_digest_path"] = parts[2] if parts else "/"
    return str(page.__dict__["_digest_path"])


def picture_of(page: ContentPage, spec: str) -> Picture | None:
    """The page's cover; None when it has none, or the file is lost or kept where a mail cannot fetch it."""
    if not page.cover:
        return None
    try:
        rendition = page.cover.get_rendition(spec)
    except (SourceImageIOError, OSError):
        logger.warning("The cover of page %s cannot be read.", page.pk)
        return None
    src = rendition.url if ":" in rendition.url else settings.BASE_URL + rendition.url
    return Picture(src, rendition.width, rendition.height) if urlsplit(src).scheme in {"http", "https"} else None
