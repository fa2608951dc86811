"""What this floor can tell of any content: summary, areas, pictures without a description, hard words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.models import Locale

from home.desk.content_checks import Finding, Severity
from home.desk.readability import is_hard

SHORT_SUMMARY = 60
SUMMARY, COVER, BODY = (f"panel-child-content-{name}-section" for name in ("summary", "cover", "body"))
AREAS = "panel-child-promote-where_it_belongs-section"


def missing_basics(pages: Sequence[Any]) -> Mapping[int, list[Finding]]:
    prefetch_related_objects([page for page in pages if page.pk], "cover")
    prefetch_related_objects([page for page in pages if page.pk], "areas")
    languages = dict(Locale.objects.values_list("pk", "language_code"))
    return {
        page.pk: [
            *_summary(page),
            *_areas(page),
            *_cover(page),
            *_body(page, languages.get(page.locale_id, "")),
        ]
        for page in pages
    }


def _summary(page: Any) -> Iterator[Finding]:
    length = len((page.summary or "").strip())
    if not length:
        advice = _("Two or three sentences: cards, the digest and search show nothing else.")
        yield Finding(_("The summary is empty."), advice, SUMMARY, Severity.ERROR)
    elif length < SHORT_SUMMARY:
        yield Finding(_("The summary is very short."), _("Say what one can do after reading it."), SUMMARY)


def _areas(page: Any) -> Iterator[Finding]:
    if not list(page.areas.all()):
        advice = _("Without one no subscriber of an area hears of it, and no area lists it.")
        yield Finding(_("It belongs to no area."), advice, AREAS, Severity.ERROR)


def _cover(page: Any) -> Iterator[Finding]:
    if page.cover and not page.cover.description:
        advice = _("Open the picture and describe it in a sentence: the digest reads it to those who cannot see it.")
        yield Finding(_("The cover has no description."), advice, COVER)


def _body(page: Any, language: str) -> Iterator[Finding]:
    blocks = list(getattr(page, "body", None) or []) if not isinstance(getattr(page, "body", None), str) else []
    bare = sum(1 for block in blocks if block.block_type == "image" and _has_no_words(block.value))
    if bare:
        advice = _("Write what it shows, or tick that it is only decoration.")
        yield Finding(_("A picture in the body has no alternative text."), advice, BODY, Severity.ERROR)
    text = "\n".join(strip_tags(str(block.value)) for block in blocks if block.block_type == "rich_text")
    if is_hard(text, language):
        advice = _("Cut long sentences in two, and use the shorter of two words.")
        yield Finding(_("The words are hard to read."), advice, BODY)


def _has_no_words(value: Any) -> bool:
    image = value.get("image")
    return bool(image) and not getattr(image, "decorative", False) and not getattr(image, "contextual_alt_text", "")
