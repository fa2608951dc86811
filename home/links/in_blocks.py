from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from home.links.in_rich_text import in_rich_text


def in_blocks(stream: Any) -> Iterator[tuple[str, str]]:
    """Yield each address in a stream, however deep, with the words that lead there."""
    for child in stream:
        yield from _in(child.block, child.value)


def _in(block: Any, value: Any) -> Iterator[tuple[str, str]]:
    if not value:
        return
    if isinstance(block, blocks.RichTextBlock):
        yield from in_rich_text(value.source)
    elif isinstance(block, blocks.URLBlock):
        yield str(value), ""
    elif isinstance(block, blocks.PageChooserBlock):
        yield f"page:{value.pk}", str(value)[:120]
    elif isinstance(block, DocumentChooserBlock):
        yield f"document:{value.pk}", str(value)[:120]
    elif isinstance(block, blocks.StructBlock):
        for name, inner in block.child_blocks.items():
            yield from _in(inner, value.get(name))
    elif isinstance(block, blocks.ListBlock):
        for inner_value in value:
            yield from _in(block.child_block, inner_value)
    elif isinstance(block, blocks.StreamBlock):
        yield from in_blocks(value)
