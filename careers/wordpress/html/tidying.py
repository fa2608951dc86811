"""A tree that can be trusted: what could do harm is out, with a line for each, and every element is closed."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
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
    "img": {"src", "alt", "data-id", "width"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "ol": {"start"},
    "video": {"src"},
    "audio": {"src"},
    "source": {"src"},
}
SCHEMES = {"http", "https", "mailto", "tel"}
#: What is dropped with all that is in it.
DROPPED = ("script", "style", "applet", "form", "noscript", "svg", "math", "canvas", "template")

#: What a link shows that has no words.
SHOWN = ["img", "video", "audio", "wp-embed", "wp-gallery", "wp-file", "wp-caption"]
FRAMES = ["iframe", "frame", "object", "embed"]
OLD_PLAYER = re.compile(r"youtube(?:-nocookie)?\.com/v/([\w-]{11})")
BACKGROUND = re.compile(
    r"""background(?:-image)?\s*:[^;]{0,200}?url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"']*))\s*\)""", re.IGNORECASE
)
LAZY = ("data-src", "data-lazy-src", "data-original", "data-orig-file")


def tidy(html: str, notes: list[str]) -> BeautifulSoup:
    """Return the tree of an item's HTML, and add to `notes` what had to go."""
    closed, end, after = html.rpartition("-->")
    html = closed + end + after.replace("<!--", "&lt;!--")
    # The end of a line tells it apart from a mere address, of which Beautiful Soup would warn.
    soup = BeautifulSoup(f"{html}\n", "html.parser")
    _drop(soup, notes)
    _take_frames(soup)
    _take_backgrounds(soup)
    _find_lazy(soup)
    _say_struck(soup, notes)
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
    tree = BeautifulSoup(f"{cleaned}\n", "html.parser")
    _say_silent_links(tree, notes)
    return tree


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


def _take_frames(soup: BeautifulSoup) -> None:
    """A frame becomes an address for the walker, which knows which of them are films that can be shown."""
    for frame in soup.find_all(FRAMES):
        if frame.decomposed:
            continue
        address = next(
            (str(frame[name]) for name in ("src", "data-src", "data-lazy-src", "data") if frame.get(name)), ""
        )
        inner = frame.find("param", attrs={"name": re.compile("^(movie|src)$", re.IGNORECASE)})
        address = address or (str(inner.get("value") or "") if isinstance(inner, Tag) else "")
        film = OLD_PLAYER.search(address)
        address = f"https://www.youtube.com/watch?v={film[1]}" if film else address
        frame.insert_before(soup.new_tag("wp-embed", attrs={"title": address, "class": "frame"}))
        frame.decompose()


def _take_backgrounds(soup: BeautifulSoup) -> None:
    """A picture behind words, as covers of WordPress had it, comes to stand before them."""
    for element in soup.find_all(style=BACKGROUND):
        found = BACKGROUND.search(str(element["style"]))
        address = unescape(found[1] or found[2] or found[3] or "").strip() if found else ""
        if address and not element.find("img", src=address):
            element.insert(0, soup.new_tag("img", attrs={"src": address}))


def _find_lazy(soup: BeautifulSoup) -> None:
    """Pictures that a script would fetch later name their file elsewhere; what stands for them meanwhile is none."""
    for image in soup.find_all("img"):
        later = next((str(image[name]) for name in LAZY if image.get(name)), "")
        first = str(image.get("srcset") or image.get("data-srcset") or "").strip().split(" ")[0].rstrip(",")
        is_none = not image.get("src") or str(image["src"]).startswith("data:")
        if later or (is_none and first):
            image["src"] = later or first


def _say_struck(soup: BeautifulSoup, notes: list[str]) -> None:
    for element in soup.find_all(["del", "s", "strike"]):
        if words := _shown(element):
            notes.append(_("Words that were struck through stay, without the line: “%(words)s”") % {"words": words})


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


def _say_silent_links(tree: BeautifulSoup, notes: list[str]) -> None:
    for link in tree.find_all("a", href=re.compile("^[^#]")):
        if not link.get_text(strip=True) and not link.find(SHOWN):
            notes.append(_("A link without words was left out: %(address)s") % {"address": str(link["href"])[:200]})


def _shown(element: Any) -> str:
    return " ".join(element.get_text().split())[:60]
