"""Pictures, alone, with a caption, with a link, and in galleries."""

from __future__ import annotations

import re
from typing import Any

from bs4 import Tag
from django.utils.translation import gettext as _

from careers.wordpress.addresses import original
from careers.wordpress.html.inline import absolute, href_of, plain, words_of
from careers.wordpress.html.walker import MOST_CAPTION, Walker

PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|bmp)(?:\?.*)?$", re.IGNORECASE)
NUMBER = re.compile(r"wp-image-(\d+)")
SMILEY = re.compile(r"\b(?:wp-smiley|emoji)\b")


def picture(walker: Walker, tag: Tag, caption: str = "") -> None:
    classes = " ".join(tag.get("class") or [])
    alt = str(tag.get("alt") or "")
    if SMILEY.search(classes):
        walker.say(alt)
        return
    source = str(tag.get("src") or "").strip()
    address = original(absolute(source, walker.base)) if source else ""
    found = NUMBER.search(classes)
    number = str(tag.get("data-id") or (found[1] if found else ""))
    link = tag.find_parent("a")
    if not address and not number:
        walker.notes.append(_("A picture without an address was left out."))
    elif str(tag.get("width")) in {"0", "1"}:
        walker.notes.append(_("A picture for counting visits was left out: %(address)s") % {"address": address[:200]})
    else:
        walker.flush()
        lay_picture(walker, address, number, alt=alt, caption=caption)
        if link is not None:
            _keep_link(walker, href_of(link, walker.base), alt)


def lay_picture(walker: Walker, address: str, number: str, *, alt: str = "", caption: str = "") -> None:
    fits = len(caption) <= MOST_CAPTION
    value: dict[str, Any] = {"src": address, "attachment": number, "alt": alt, "caption": caption if fits else ""}
    walker.add("image", value)
    if not fits:
        walker.say(caption)
        walker.flush()


def captioned(walker: Walker, tag: Tag) -> None:
    """[caption]: a picture, perhaps linked, and the words after it."""
    images = tag.find_all("img")
    if not images:
        walker.walk(tag)
        walker.say(words_of(str(tag.get("title") or "")))
        return
    words = words_of(str(tag.get("title") or "")) or plain(tag, walker.base).replace("\n", " ")
    picture(walker, images[0], words)
    for other in images[1:]:
        picture(walker, other)


def gallery(walker: Walker, tag: Tag) -> None:
    """[gallery]: pictures by their numbers, else all that are attached to the item, or to the one that it names."""
    walker.flush()
    numbers = re.findall(r"\d+", str(tag.get("title") or "")) or _attached(walker, tag)
    for number in numbers:
        lay_picture(walker, "", number)
    if not numbers:
        walker.notes.append(_("A gallery had no pictures in the file."))


def _attached(walker: Walker, tag: Tag) -> list[str]:
    named = str(tag.get("id") or "")
    attached = walker.around.elsewhere.get(named, ()) if named else walker.around.attached
    return [number for number in attached if number not in (tag.get("class") or [])]


def _keep_link(walker: Walker, href: str, alt: str) -> None:
    """A link to the picture itself or to its own page leads nowhere new."""
    if href and not PICTURE_FILE.search(href) and "attachment_id=" not in href:
        walker.link(href, alt)
        walker.notes.append(_("A picture was a link: the link stands under it. %(address)s") % {"address": href[:200]})
