"""Tables of words, as our table block keeps them."""

from __future__ import annotations

import re
from typing import Any

from bs4 import Tag
from django.utils.translation import gettext as _

from careers.wordpress.html.inline import plain

MOST_COLUMNS = 30
MOST_CAPTION = 250
#: What a cell of ours cannot hold.
ALONE = ["img", "table", "wp-embed", "wp-gallery", "wp-file", "video", "audio"]


def is_layout(table: Tag) -> bool:
    """Whether it only puts things side by side: pictures, tables in tables, or a single cell."""
    rows = _rows(table)
    return bool(table.find(ALONE)) or max(map(len, rows), default=0) < 2


def table_value(table: Tag, caption: str, base: str, notes: list[str]) -> dict[str, Any]:
    """Return the block's value; a table without a caption gets one from its headings, for ours must have one."""
    rows = _spread(_rows(table))
    words = [[plain(cell, base) for cell in row] for row in rows]
    if any(_span(cell) > 1 or _span(cell, "rowspan") > 1 for row in _rows(table) for cell in row):
        notes.append(_("A table with joined cells: the words stand in each of the columns."))
    if table.find("a"):
        notes.append(_("Links in a table became words, with the address behind them."))
    headings, body = _headings(rows, words)
    width = min(max(len(row) for row in words), MOST_COLUMNS)
    if any(len(row) > width for row in words):
        notes.append(_("A table has more than %(count)d columns: the rest was left out.") % {"count": MOST_COLUMNS})
    shown = ", ".join(heading for heading in headings if heading)
    return {
        "caption": (caption or (_("Table: %(headings)s") % {"headings": shown} if shown else _("Table")))[
            :MOST_CAPTION
        ],
        "table": {
            "columns": [{"type": "text", "heading": heading} for heading in _wide(headings, width)],
            "rows": [{"values": _wide(row, width)} for row in body],
            "caption": "",
        },
        "source": "",
    }


def _rows(table: Tag) -> list[list[Tag]]:
    rows = [list(row.find_all(["td", "th"], recursive=False)) for row in table.find_all("tr")]
    return [row for row in rows if row]


def _headings(rows: list[list[Tag]], words: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    first = rows[0]
    is_head = first[0].find_parent("thead") is not None or all(cell.name == "th" for cell in first)
    return (words[0], words[1:]) if is_head else ([""] * len(first), words)


def _wide(row: list[str], width: int) -> list[str]:
    return [*row, *[""] * width][:width]


def _spread(rows: list[list[Tag]]) -> list[list[Tag]]:
    """Each cell in each of the columns and rows that it is joined over."""
    spread: list[list[Tag]] = []
    below: dict[int, tuple[Tag, int]] = {}
    for row in rows:
        cells = [cell for cell in row for _i in range(_span(cell))]
        line: list[Tag] = []
        joined, below = below, {}
        while cells or joined:
            from_above = joined.pop(len(line), None)
            if from_above is None and not cells:
                break
            cell, left = from_above or (cells[0], _span(cells.pop(0), "rowspan"))
            if left > 1:
                below[len(line)] = (cell, left - 1)
            line.append(cell)
        spread.append(line)
    return spread


def _span(cell: Tag, name: str = "colspan") -> int:
    given = str(cell.get(name) or "1")
    return min(max(int(given), 1), MOST_COLUMNS) if re.fullmatch("[0-9]{1,4}", given) else 1
