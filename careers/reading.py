"""How long a body takes to read, and what its list of contents says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.utils.text import slugify

WORDS_PER_MINUTE = 220
#: What looking at something takes beside reading its words, in seconds.
SECONDS_TO_LOOK = {"image": 12, "table": 15, "embed": 15, "part": 5}
#: Anchors that the page itself uses.
TAKEN = frozenset({"main", "contents"})

WORD = re.compile(r"\w+(?:[’'\-.,]\w+)*")


@dataclass(frozen=True)
class ContentsEntry:
    """A line of the list of contents; `level` is h2 or h3."""

    anchor: str
    text: str
    level: str


def minutes_to_read(body: Iterable[Any]) -> int:
    """Return the whole minutes, at least one, that a stream of body blocks asks of a reader."""
    seconds = 0.0
    for block in body:
        seconds += count_words(block) * 60 / WORDS_PER_MINUTE + SECONDS_TO_LOOK.get(block.block_type, 0)
    return max(1, ceil(seconds / 60))


def count_words(block: Any) -> int:
    """Return how many words a reader reads in one block: what Wagtail would index of it."""
    texts = block.block.get_searchable_content(block.value)
    return sum(len(WORD.findall(text)) for text in texts)


def contents_list(body: Iterable[Any]) -> list[ContentsEntry]:
    """Return the headings of a body, and give each heading's value the anchor that its block shows."""
    entries: list[ContentsEntry] = []
    taken = set(TAKEN)
    for block in body:
        if block.block_type == "heading":
            anchor = free_anchor(slugify(block.value["text"]) or "section", taken)
            taken.add(anchor)
            block.value.anchor = anchor
            entries.append(ContentsEntry(anchor, block.value["text"], block.value["level"]))
    return entries


def free_anchor(wanted: str, taken: set[str]) -> str:
    """Return `wanted`, or `wanted-2`, `wanted-3` … when it is taken."""
    anchor, number = wanted, 1
    while anchor in taken:
        number += 1
        anchor = f"{wanted}-{number}"
    return anchor
