"""The transcript of a part for its page, and captions for people in the admin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.urls import reverse

from masterclasses.access import viewers
from masterclasses.captions.times import show_time
from masterclasses.captions.transcript import Transcript, transcript_of
from masterclasses.models import PartPage

register = template.Library()


@register.simple_tag(takes_context=True)
def part_transcript(context: dict[str, Any], part: PartPage, chapters: Iterable[Any]) -> Transcript | None:
    """In the language that the address asks for (`?transcript=de`), or else the first."""
    request = context.get("request")
    asked = request.GET.get("transcript", "") if request else ""
    return transcript_of(part, chapters, asked=asked, preview=bool(getattr(request, "is_preview", False)))


@register.simple_tag(takes_context=True)
def chapters_for_visitor(context: dict[str, Any], part: PartPage) -> str:
    """The address of the chapters for whoever asks for this page: they are as public as the captions."""
    plain = reverse("masterclasses:chapters", args=[part.pk])
    return viewers.captions_addresses(context["request"], part, [plain])[0]


@register.filter
def milliseconds_clock(milliseconds: int) -> str:
    return show_time(milliseconds)
