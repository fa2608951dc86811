"""Passages of an article's text, so that notes and readers' places can lead to them."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from wagtail.templatetags.wagtailcore_tags import richtext

from careers.learning.passages import with_anchors

register = template.Library()


@register.filter
def passages(block: Any) -> SafeString:
    """Return a text block's HTML, as `richtext` has it, with an id at each of its passages but the first."""
    return mark_safe(with_anchors(str(richtext(block.value)), str(block.id)))  # noqa: S308 - Wagtail's own HTML
