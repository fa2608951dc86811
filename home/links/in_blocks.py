from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from home.links.in_rich_text import MOST_WORDS, in_rich_text


def in_blocks(stream: Any) -> Iterator[tuple[str, str]]:
    """Yield each address in a stream, however deep, with the words that lead there."""
    for child in stream:
        yield from _in(child.block, child.value)


def _in(block: Any, value: Any) -> Iterator[tuple[str, str]]:
    kind = next((kind for kind in READERS if isinstance(block, kind)), None)
    if kind and value:
        yield from READERS[kind](block, value)


def _in_struct(block: Any, value: Any) -> Iterator[tuple[str, str]]:
    for name, inner in block.child_blocks.items():
        yield from _in(inner, value.get(name))


def _in_list(block: Any, value: Any) -> Iterator[tuple[str, str]]:
    for inner in value:
        yield from _in(block.child_block, inner)


READERS: dict[type[Any], Callable[[Any, Any], Iterable[tuple[str, str]]]] = {
    blocks.RichTextBlock: lambda _block, value: in_rich_text(value.source),
    blocks.URLBlock: lambda _block, value: [(str(value), "")],
    blocks.PageChooserBlock: lambda _block, value: [(f"page:{value.pk}", str(value)[:MOST_WORDS])],
    DocumentChooserBlock: lambda _block, value: [(f"document:{value.pk}", str(value)[:MOST_WORDS])],
    blocks.StructBlock: _in_struct,
    blocks.ListBlock: _in_list,
    blocks.StreamBlock: lambda _block, value: in_blocks(value),
}
