"""The passages of an article: what a note is about, and where a reader stopped.

A passage is a block of the body; text is cut into its paragraphs and lists. Its anchor is the block's id, from the
second paragraph on with a number: “0b5c…-2”. Pages show it as an element's id, with `ANCHOR_PREFIX` before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.utils.html import strip_tags
from django.utils.text import Truncator
from wagtail.blocks import StreamValue

ANCHOR_PREFIX = "b-"
QUOTE_LENGTH = 120


@dataclass(frozen=True)
class Passage:
    """`quote` is how it begins; `heading` is the heading that it stands under, empty before the first."""

    anchor: str
    quote: str
    heading: str

    @property
    def label(self) -> str:
        return self.quote if not self.heading or self.heading == self.quote else f"{self.heading}: {self.quote}"


def passages_of(page: Any) -> list[Passage]:
    """Return the passages of a page; none where it has no body of blocks. `page` is of its own, specific class."""
    body = getattr(page, "body", None)
    return list(_passages(body)) if isinstance(body, StreamValue) else []


def locate(passages: Sequence[Passage], *, anchor: str, quote: str) -> Passage | None:
    """Return the passage that a note was about, after the article may have changed; None when it is gone.

    Words say more than numbers: a paragraph before it moves the count. The same place with other words still counts
    when the block is only one passage, for then an editor has reworded it.
    """
    alike = [passage for passage in passages if passage.quote == quote]
    here = next((passage for passage in alike if passage.anchor == anchor), None)
    block = [passage for passage in passages if _block(passage.anchor) == _block(anchor)]
    reworded = block[0] if len(block) == 1 and block[0].anchor == anchor else None
    return here or next(iter(alike), None) or reworded


def with_anchors(html: str, block_id: str) -> str:
    """Give each paragraph and list of a text block the id of its passage; the block itself carries the first."""
    soup = BeautifulSoup(html, "html.parser")
    for number, element in enumerate(_elements(soup)):
        if number:
            element["id"] = f"{ANCHOR_PREFIX}{block_id}-{number}"
    return str(soup)


def _passages(body: StreamValue) -> Iterator[Passage]:
    heading = ""
    for block in body:
        if block.block_type == "heading":
            heading = block.value["text"]
        for number, text in enumerate(_texts(block)):
            anchor = f"{block.id}-{number}" if number else str(block.id)
            yield Passage(anchor, Truncator(" ".join(text.split())).chars(QUOTE_LENGTH), heading)


def _texts(block: Any) -> Iterable[str]:
    if block.block_type == "rich_text":
        soup = BeautifulSoup(block.value.source, "html.parser")
        return [element.get_text(" ") for element in _elements(soup)] or [""]
    if block.block_type == "heading":
        return [block.value["text"]]
    words = (strip_tags(str(text)) for text in block.block.get_searchable_content(block.value))
    return [next((text for text in words if text.strip()), str(block.block.label))]


def _elements(soup: BeautifulSoup) -> list[Tag]:
    return [element for element in soup.find_all(recursive=False) if isinstance(element, Tag)]


def _block(anchor: str) -> str:
    """The id of the block: a UUID has five groups, and the number of the paragraph is the sixth."""
    return "-".join(anchor.split("-")[:5])
