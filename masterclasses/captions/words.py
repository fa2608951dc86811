"""Words as a search compares them: lower case, without accents, as SQLite's full-text index folds them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_WORD = re.compile(r"\w+")


def spaced(text: str) -> str:
    """The words alone, as they are written: full-text parsers take “A/B” for a path and “<script>” for markup."""
    return " ".join(_WORD.findall(text))


def fold(text: str) -> list[str]:
    """The words of a text, folded."""
    return [word for word, _start, _end in _found(text)]


def folded_line(text: str) -> str:
    """All words between single spaces, so that a whole word is found as ` word `."""
    return f" {' '.join(fold(text))} "


def marked(text: str, terms: Iterable[str]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is one of the folded `terms`, or begins with one."""
    asked, pieces, end = tuple(terms), [], 0
    for word, first, last in _found(text):
        if asked and first >= end and word.startswith(asked):
            pieces += [(text[end:first], False), (text[first:last], True)]
            end = last
    return [piece for piece in [*pieces, (text[end:], False)] if piece[0]]


def _found(text: str) -> Iterable[tuple[str, int, int]]:
    for found in _WORD.finditer(text):
        spread = unicodedata.normalize("NFKD", found[0].casefold())
        for word in _WORD.findall("".join(sign for sign in spread if not unicodedata.combining(sign))):
            yield word, found.start(), found.end()
