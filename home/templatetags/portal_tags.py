"""What templates need beside Django's and Wagtail's own tags: icons, area marks, and a few words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.first_paint import SCRIPT
from home.models import Area, ContentKind, SiteIdentity

register = template.Library()

#: Areas whose mark and pattern are drawn in static/img/marks.svg; others share the one named "any".
DRAWN = frozenset({"marketplace", "job-tools", "training", "networking"})

GO_LABELS = {
    ContentKind.RESOURCE: lambda: _("Go to resource"),
    ContentKind.PATH: lambda: _("Go to path"),
    ContentKind.MASTERCLASS: lambda: _("Go to masterclass"),
    ContentKind.PART: lambda: _("Go to part"),
}


@register.simple_tag
def stylesheet(identity: Any) -> str:
    """Return the address of the stylesheet with what the owner set; without a site, with nothing set."""
    return (identity or SiteIdentity()).stylesheet


@register.simple_tag
def first_paint() -> SafeString:
    """Return the script that must have run before anything is seen; the Content-Security-Policy knows its hash."""
    return format_html("<script>{}</script>", mark_safe(SCRIPT))  # noqa: S308 - a constant of ours


@register.simple_tag
def icon(name: str) -> SafeString:
    """Return a decorative icon of static/img/icons.svg."""
    return format_html(
        '<svg class="icon" aria-hidden="true" width="20" height="20"><use href="{}#{}"/></svg>',
        static("img/icons.svg"),
        name,
    )


@register.simple_tag
def icon_file() -> str:
    """Return the address of the icons, for scripts that change one for another."""
    return static("img/icons.svg")


@register.simple_tag
def area_mark(area: Area | str | None) -> SafeString:
    """Return the mark of an area, or of a name such as "portal"; decorative."""
    name = area if isinstance(area, str) and area else drawing_of(area)
    return format_html(
        '<svg class="mark" aria-hidden="true" width="48" height="48"><use href="{}#mark-{}"/></svg>',
        static("img/marks.svg"),
        name,
    )


@register.simple_tag
def area_pattern(area: Area | None) -> SafeString:
    """Return the picture that stands in for a missing cover; decorative."""
    return format_html(
        '<svg aria-hidden="true" width="320" height="180"><use href="{}#pattern-{}"/></svg>',
        static("img/marks.svg"),
        drawing_of(area),
    )


def drawing_of(area: Any) -> str:
    slug = getattr(area, "slug", "")
    return slug if slug in DRAWN else "any"


@register.filter
def go_label(kind: str) -> str:
    """Return the words of the link under a card."""
    label = GO_LABELS.get(ContentKind(kind)) if kind else None
    return label() if label else _("Go to article")


@register.filter
def minutes(count: int | None) -> str:
    """Return a length for people: 50 is “50 min”, 95 is “1 h 35 min”; nothing for no length."""
    if not count:
        return ""
    hours, rest = divmod(int(count), 60)
    if not hours:
        return _("%(minutes)s min") % {"minutes": rest}
    if not rest:
        return _("%(hours)s h") % {"hours": hours}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}


@register.filter
def clock(seconds: float | None) -> str:
    """Return a place in a video: 75 is “1:15”, 3675 is “1:01:15”."""
    hours, rest = divmod(int(seconds or 0), 3600)
    if hours:
        return f"{hours}:{rest // 60:02}:{rest % 60:02}"
    return f"{rest // 60}:{rest % 60:02}"


@register.filter
def turn(number: int) -> int:
    """Return which of four ways a pattern is turned, so that neighbours differ."""
    return number % 4


@register.filter
def initials(name: str) -> str:
    """Return the first letters of the first and last name."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter
def contents(body: Iterable[Any] | None) -> list[dict[str, str]]:
    """Return the headings of a body for its contents list."""
    return [
        {"text": block.value["text"], "anchor": slugify(block.value["text"]), "level": block.value["level"]}
        for block in body or ()
        if block.block_type == "heading"
    ]


@register.simple_tag
def steps_label(count: int) -> str:
    return ngettext("%(count)d step", "%(count)d steps", count) % {"count": count}
