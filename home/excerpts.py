"""Places inside a page that a search found: upper floors say how to find them in what they keep.

excerpts.register(find_sentences)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

#: More would hide the next page that was found.
SHOWN = 3


@dataclass(frozen=True)
class Excerpt:
    """A few words of a page, in pieces, each with whether it was asked for.

    `query` comes after the page's address, `label` is what the place is called, `language` that of the words.
    """

    query: str
    label: str
    pieces: list[tuple[str, bool]]
    language: str = ""


#: Takes ids of pages and the words asked for; returns at most `SHOWN` for each page, in as many queries for any number.
Finder = Callable[[Sequence[int], str], dict[int, list[Excerpt]]]
_finders: list[Finder] = []


def register(finder: Finder) -> None:
    if finder not in _finders:
        _finders.append(finder)


def attach(pages: Iterable[Any], words: str) -> None:
    """Give each page its `excerpts`. The pages must be such that the visitor may see them."""
    listed = list(pages)
    for page in listed:
        page.excerpts = []
    for finder in _finders if listed else ():
        found = finder([page.pk for page in listed], words)
        for page in listed:
            page.excerpts += found.get(page.pk, [])[: SHOWN - len(page.excerpts)]
