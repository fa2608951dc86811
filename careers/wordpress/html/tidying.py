"""A tree that can be trusted: what could do harm is out, with a line for each, and every element is closed."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import nh3
from bs4 import BeautifulSoup, Tag
from django.utils.translation import gettext as _

OURS = {"wp-caption", "wp-embed", "wp-gallery", "wp-file"}
_INLINE = """
a abbr acronym b bdi bdo big br cite code del dfn em font i ins kbd label mark q s samp small span strike strong sub
sup time tt u var wbr
"""
_BLOCKS = """
address article aside audio blockquote caption center col colgroup dd details div dl dt figcaption figure footer h1
h2 h3 h4 h5 h6 header hr img li main nav ol p picture pre section source summary table tbody td tfoot th thead tr ul
video
"""
INLINE, BLOCKS = set(_INLINE.split()), set(_BLOCKS.split())
ATTRIBUTES: dict[str, set[str]] = {
    "*": {"id", "class", "title"},
    "a": {"href"},
    "img": {"src", "alt", "data-id", "data-src", "width"},
    "td": {"colspan"},
    "th": {"colspan"},
    "ol": {"start"},
    "video": {"src"},
    "audio": {"src"},
    "source": {"src"},
}
SCHEMES = {"http", "https", "mailto", "tel"}
#: What is dropped with all that is in it.
DROPPED = ("script", "style", "object", "embed", "applet", "form", "noscript", "svg", "math", "canvas", "template")


def tidy(html: str, notes: list[str]) -> BeautifulSoup:
    """Return the tree of an item's HTML, and add to `notes` what had to go."""
    # The end of a line tells it apart from a mere address, of which Beautiful Soup would warn.
    soup = BeautifulSoup(f"{html}\n", "html.parser")
    _drop(soup, notes)
    _take_frames(soup, notes)
    _unlink(soup, notes)
    cleaned = nh3.clean(
        str(soup),
        tags=INLINE | BLOCKS | OURS,
        clean_content_tags={"script", "style"},
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        strip_comments=False,
        link_rel=None,
    )
    return BeautifulSoup(f"{cleaned}\n", "html.parser")


def _drop(soup: BeautifulSoup, notes: list[str]) -> None:
    dropped: Counter[str] = Counter()
    for element in soup.find_all(DROPPED):
        if not element.decomposed:
            dropped[element.name] += 1
            element.decompose()
    for name, count in dropped.items():
        notes.append(_("<%(name)s> was left out: %(count)d.") % {"name": name, "count": count})
    handlers = sum(_without_handlers(element) for element in soup.find_all(True))
    if handlers:
        notes.append(_("Scripts in attributes (onclick and the like) were left out: %(count)d.") % {"count": handlers})


def _without_handlers(element: Tag) -> int:
    found = [name for name in element.attrs if name.lower().startswith("on")]
    for name in found:
        del element.attrs[name]
    return len(found)


def _take_frames(soup: BeautifulSoup, notes: list[str]) -> None:
    """A frame becomes an address for the walker, which knows which of them are films that can be shown."""
    for frame in soup.find_all(["iframe", "frame"]):
        address = str(frame.get("src") or frame.get("data-src") or "")
        made = soup.new_tag("wp-embed", attrs={"title": address, "class": "frame"})
        frame.replace_with(made)


def _unlink(soup: BeautifulSoup, notes: list[str]) -> None:
    for element in soup.find_all(["a", "img"]):
        name = "href" if element.name == "a" else "src"
        address = re.sub(r"[\x00-\x20]", "", str(element.get(name) or ""))
        scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", address)
        if scheme and scheme[1].lower() not in SCHEMES:
            del element.attrs[name]
            words = _("A link with %(scheme)s: was left out, its words stay: “%(text)s”.")
            if element.name == "img":
                words = _("A picture with %(scheme)s: was left out.")
            notes.append(words % {"scheme": scheme[1].lower(), "text": _shown(element)})


def _shown(element: Any) -> str:
    return " ".join(element.get_text().split())[:60]
