"""What search engines read about a page."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

#: The characters that could end a script element or start markup inside it.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag(takes_context=True)
def json_ld(context: template.Context, page: Any) -> SafeString:
    """Return the page's JSON-LD (schema.org) as a data block, which the Content-Security-Policy lets stand."""
    request = context.get("request")
    if not request or not hasattr(page, "json_ld"):
        return SafeString("")
    text = json.dumps(page.json_ld(request), ensure_ascii=False, default=str).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 - escaped above
