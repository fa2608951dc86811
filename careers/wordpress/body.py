"""Blocks of the walker as Wagtail stores them, with pictures in the library."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from html import escape
from typing import Any

from django.utils.translation import gettext as _

from careers.wordpress.attachments import picture_for
from careers.wordpress.bringing import Bringing
from careers.wordpress.html.inline import words_of
from careers.wordpress.html.walker import MOST_CAPTION
from careers.wordpress.media import NotTaken
from careers.wordpress.source import SourceItem

Block = tuple[str, Any]


def stored(bringing: Bringing, blocks: list[Block], notes: list[str]) -> list[dict[str, Any]]:
    """Return the raw value of a body; a picture that cannot be had leaves a link, and a line in `notes`."""
    found = _joined([_settled(bringing, block, notes) for block in blocks])
    undescribed = sum(kind == "image" and value["image"]["decorative"] for kind, value in found)
    if undescribed:
        words = _("Pictures without a description, shown as decoration until somebody writes one: %(count)d.")
        notes.append(words % {"count": undescribed})
    return [{"type": kind, "value": value, "id": str(uuid.uuid4())} for kind, value in found]


def _settled(bringing: Bringing, block: Block, notes: list[str]) -> Block:
    kind, value = block
    if kind != "image":
        return block
    try:
        picture = picture_for(bringing, value["src"], value["attachment"])
    except NotTaken as reason:
        notes.append(_("A picture stays elsewhere: %(reason)s") % {"reason": reason})
        return "rich_text", _instead(value)
    alt = value["alt"] or (picture.description if picture else "")
    shown = {"image": picture.pk if picture else None, "alt_text": alt[:255], "decorative": not alt}
    return "image", {"image": shown, "caption": value["caption"] or _own_caption(bringing, value)}


def _own_caption(bringing: Bringing, value: dict[str, Any]) -> str:
    """A gallery that names its pictures by number shows the captions that the library of the old site kept."""
    item = None if value["src"] else bringing.item_of("", value["attachment"])
    words = words_of(SourceItem.of(item.payload).excerpt) if item else ""
    return words if len(words) <= MOST_CAPTION else ""


def _instead(value: dict[str, Any]) -> str:
    words = value["caption"] or value["alt"] or _("Picture")
    address = value["src"]
    shown = escape(words, quote=False)
    if not address.startswith(("http://", "https://")):
        return f"<p><i>{shown}</i></p>"
    return f'<p><a href="{escape(address)}">{shown}</a></p>'


def _joined(blocks: list[Block]) -> list[Block]:
    return list(_join(blocks))


def _join(blocks: list[Block]) -> Iterator[Block]:
    """Texts that follow one another are one block, as an editor would write them."""
    waiting = ""
    for kind, value in blocks:
        if kind == "rich_text":
            waiting += value
            continue
        if waiting:
            yield "rich_text", waiting
            waiting = ""
        yield kind, value
    if waiting:
        yield "rich_text", waiting
