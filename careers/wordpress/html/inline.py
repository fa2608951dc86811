"""Words with their emphasis and links, as Wagtail keeps rich text."""

from __future__ import annotations

import re
from html import escape
from typing import Any
from urllib.parse import urljoin

import nh3
from bs4 import BeautifulSoup, Tag
from bs4.element import Comment, NavigableString

KEPT = {"b": "b", "strong": "b", "i": "i", "em": "i", "cite": "i", "dfn": "i", "var": "i"} | dict.fromkeys(
    ("code", "kbd", "samp", "tt"), "code"
)
#: Digits keep their height without an element; words come down.
RISING = set("0123456789+-()")
RAISED = {
    "sup": str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾"),
    "sub": str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎"),
}
RICH = {"p", "b", "i", "a", "ol", "ul", "li", "code", "br"}
LINE_ENDS = re.compile(r"</?(?:p|li|ul|ol|br|div|h[1-6]|td|tr)\b[^>]*>", re.IGNORECASE)
EMPTY = re.compile(r"<p>(?:\s|\xa0|<br\s*/?>)*</p>")
EDGE_BREAKS = re.compile(r"(?<=<p>)(?:\s|<br\s*/?>)+|(?:\s|<br\s*/?>)+(?=</p>)")
ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


def inline_html(node: Any, base: str) -> str:
    """The node as rich text; relative links are made whole with `base`, and links inside the page lose their mark."""
    if isinstance(node, Comment):
        return ""
    if isinstance(node, NavigableString):
        return escape(str(node), quote=False)
    if node.name == "br":
        return "<br/>"
    inside = "".join(inline_html(child, base) for child in node.children)
    if node.name == "a" and (href := href_of(node, base)):
        return f'<a href="{escape(href)}">{inside}</a>' if inside.strip() else ""
    if node.name in RAISED:
        return inside.translate(RAISED[node.name]) if set(inside) <= RISING else inside
    if node.name == "q":
        return f"“{inside}”"
    name = KEPT.get(node.name)
    return f"<{name}>{inside}</{name}>" if name and inside.strip() else inside


def href_of(node: Tag, base: str) -> str:
    href = str(node.get("href") or "").strip()
    return "" if not href or href.startswith("#") else absolute(href, base)


def absolute(address: str, base: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def rich_text(html: str) -> str:
    """What an editor's own rich text could be: closed, with the few elements that there are, nothing empty."""
    cleaned = nh3.clean(
        html, tags=RICH, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto", "tel"}, link_rel=None
    )
    cleaned = EDGE_BREAKS.sub("", cleaned.replace("<br>", "<br/>"))
    return EMPTY.sub("", cleaned).strip()


def words_of(html: str) -> str:
    """The words of a piece of HTML in one line; only what ends a line parts two words."""
    parted = LINE_ENDS.sub("\n", html)
    return " ".join(BeautifulSoup(f"{parted}\n", "html.parser").get_text().split())


def plain(node: Any, base: str = "") -> str:
    """The words alone, for fields that take nothing else; where a link led stands behind its words."""
    parts: list[str] = []
    for child in node.descendants:
        if isinstance(child, NavigableString) and not isinstance(child, Comment):
            parts.append(str(child))
            link = child.find_parent("a")
            if link is not None and (href := href_of(link, base)) and href not in str(child) and _is_last(child, link):
                parts.append(f" ({href})")
        elif isinstance(child, Tag) and child.name in {"br", "p", "li", "div"}:
            parts.append("\n")
    lines = (" ".join(line.split()) for line in "".join(parts).splitlines())
    return "\n".join(line for line in lines if line)


def _is_last(text: NavigableString, link: Tag) -> bool:
    texts = [part for part in link.descendants if type(part) is NavigableString and part.strip()]
    return bool(texts) and texts[-1] is text
