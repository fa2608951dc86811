"""Turns the blocks of a content file into the blocks of a page's body."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from home.models import ContentPage

Block = dict[str, Any]
Find = Callable[[str], ContentPage | None]


def body(blocks: list[Block], find: Find) -> str:
    """Return a StreamField's JSON; blocks that point at a page not there are left out."""
    made = [(block["type"], MAKERS[block["type"]](block, find)) for block in blocks]
    return json.dumps([{"type": name, "value": value} for name, value in made if value is not None])


def _rich_text(block: Block, find: Find) -> Any:
    return block["html"]


def _same(*names: str) -> Callable[[Block, Find], Any]:
    return lambda block, find: {name: block.get(name, "") for name in names}


def _callout(block: Block, find: Find) -> Any:
    return {"style": block["style"], "title": block.get("title", ""), "text": block["html"]}


def _table(block: Block, find: Find) -> Any:
    columns = [{"type": "text", "heading": heading} for heading in block["header"]]
    rows = [{"values": [str(cell) for cell in row]} for row in block["rows"]]
    table = {"columns": columns, "rows": rows, "caption": ""}
    return {"caption": block["caption"], "table": table, "source": block.get("source", "")}


def _part(block: Block, find: Find) -> Any:
    page = find(f"parts/{block['slug']}")
    return {"page": page.pk, "note": block.get("note", "")} if page else None


def _call_to_action(block: Block, find: Find) -> Any:
    page = find(block["page"])
    words = {name: block.get(name, "") for name in ("title", "text", "label")}
    return words | {"page": page.pk, "url": ""} if page else None


MAKERS: dict[str, Callable[[Block, Find], Any]] = {
    "rich_text": _rich_text,
    "heading": _same("text", "level"),
    "quote": _same("text", "attribution"),
    "callout": _callout,
    "key_points": _same("title", "points"),
    "table": _table,
    "part": _part,
    "call_to_action": _call_to_action,
}
