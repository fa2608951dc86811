"""Comments that WordPress's blocks are marked by."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bs4 import Tag
from bs4.element import Comment

MARK = re.compile(r"wp:([a-z0-9/-]{1,80})(?:\s+(\{.*\}))?\s*(/)?", re.DOTALL)


def is_dynamic(text: str) -> bool:
    """Whether the comment is a block of its own, without anything to show."""
    found = MARK.fullmatch(text.strip())
    return bool(found and found[3])


def holds(tag: Tag, names: Sequence[str]) -> bool:
    """Whether one of these elements, or a block without anything to show, is in the element."""
    marks = tag.find_all(string=lambda text: isinstance(text, Comment) and is_dynamic(text))
    return tag.find(names) is not None or bool(marks)
