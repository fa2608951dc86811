"""Rows for what was read."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from html import unescape

from django.utils.translation import gettext as _

from careers.models import WordPressImport, WordPressItem
from careers.wordpress.source import SourceItem

#: What others need comes first.
RANKS = {"wp_block": 0, "attachment": 1, "page": 2, "post": 20}
LAST = 21
DEEPEST = 15
EMPHASIS = re.compile(r"</?(?:em|i|strong|b|span|br|sup|sub|code|small|mark|u|wbr)\b[^<>]*>", re.IGNORECASE)


def rows_of(batch: WordPressImport, items: Iterable[tuple[int, SourceItem]]) -> list[WordPressItem]:
    return [_row(batch, position, source) for position, source in items]


def order_pages(batch: WordPressImport) -> None:
    """A page comes after the page above it; a circle of pages ends somewhere."""
    pages = batch.items.filter(kind="page")
    above = list(pages.values_list("post_id", flat=True))
    for depth in range(1, DEEPEST):
        if not (below := list(pages.filter(payload__parent__in=above).values_list("pk", "post_id"))):
            return
        batch.items.filter(pk__in=[pk for pk, _number in below]).update(rank=RANKS["page"] + depth)
        above = [number for _pk, number in below]


def _row(batch: WordPressImport, position: int, source: SourceItem) -> WordPressItem:
    source.kind = source.kind or "post"
    return WordPressItem(
        batch=batch,
        position=position,
        rank=RANKS.get(source.kind, LAST),
        key=key_of(source),
        post_id=source.post_id[:30],
        kind=source.kind[:60],
        title=title_of(source)[:255] or _("Without a title"),
        payload=source.payload(),
    )


def title_of(source: SourceItem) -> str:
    """The title's words; emphasis in it is WordPress's, other words in angle brackets are the author's."""
    return " ".join(unescape(EMPHASIS.sub("", source.title)).split())


def key_of(source: SourceItem) -> str:
    """What stays the same from one export to the next: the number where there is one, for guids come twice."""
    if source.post_id:
        return f"{source.kind}:{source.post_id}:{source.guid}"[:500]
    if source.guid:
        return source.guid[:500]
    return hashlib.sha256(f"{source.kind}\n{source.title}\n{source.date}".encode()).hexdigest()
