"""Rows as Markdown that reads well as plain text too."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import IO, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

MARKS = re.compile(r"([\\`*_\[\]<>#|])")


class Book:
    """Writes a title, sections and rows, one after the other."""

    def __init__(self, out: IO[str]) -> None:
        self.out = out

    def title(self, words: str) -> None:
        self.out.write(f"# {plain(words)}\n")

    def section(self, words: str) -> None:
        self.out.write(f"\n## {plain(words)}\n\n")

    def row(self, cells: Iterable[tuple[str, str, Any]]) -> None:
        said = [f"**{plain(label)}:** {plain(in_words(value))}" for _name, label, value in cells if has_words(value)]
        self.out.write(f"- {'; '.join(said)}\n")


def has_words(value: Any) -> bool:
    return value is not None and value != "" and value != []


def in_words(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return str(value)


def plain(words: str) -> str:
    """One line whose marks mean nothing."""
    return MARKS.sub(r"\\\1", " ".join(words.split()))
