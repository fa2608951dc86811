"""From the content of one item to blocks of ours, with a line for everything that does not come along."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup
from django.utils.translation import gettext as _

from careers.wordpress.html.inline import words_of
from careers.wordpress.html.shortcodes import expand
from careers.wordpress.html.tidying import tidy
from careers.wordpress.html.walker import Surroundings, Walker

IS_BLOCKS = "<!-- wp:"
SILENT = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|$)|<!--.*?-->", re.DOTALL | re.IGNORECASE)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass
class Converted:
    """`teaser` is the text before WordPress's “more”, without markup; empty where there is no such mark."""

    blocks: list[tuple[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    teaser: str = ""


def convert(content: str, around: Surroundings, *, footnotes: str = "") -> Converted:
    """Return what the content becomes. Never raises for any text."""
    notes: list[str] = []
    try:
        walker = _walked(content, around, notes)
    except RecursionError:
        notes = [_("Its elements stand in one another too deeply: only its words were taken over.")]
        walker = _only_words(content, around, notes)
    _add_footnotes(walker, footnotes)
    teaser = _words(walker.blocks[: walker.more_at or 0])
    return Converted(walker.blocks, list(dict.fromkeys(notes)), teaser)


def _walked(content: str, around: Surroundings, notes: list[str]) -> Walker:
    tree = tree_of(content, notes)
    walker = Walker(around, notes, breaks=IS_BLOCKS not in content)
    walker.levels = _levels(tree, notes)
    walker.walk(tree)
    walker.flush()
    return walker


def _only_words(content: str, around: Surroundings, notes: list[str]) -> Walker:
    walker = Walker(around, notes, breaks=True)
    walker.say(BeautifulSoup(SILENT.sub("", content), "html.parser").get_text())
    walker.flush()
    return walker


def tree_of(content: str, notes: list[str]) -> BeautifulSoup:
    return tidy(expand(content, notes), notes)


def _levels(tree: BeautifulSoup, notes: list[str]) -> dict[str, str]:
    """The highest level in use becomes a section, all below it sub-sections: the page's title is the only h1."""
    used = [name for name in HEADINGS if tree.find(name)]
    if len(used) > 2:
        notes.append(_("Headings of %(count)d levels became two: sections and sub-sections.") % {"count": len(used)})
    return {name: "h2" if name == used[0] else "h3" for name in used}


def _add_footnotes(walker: Walker, stored: str) -> None:
    try:
        found = json.loads(stored or "[]")
    except (ValueError, RecursionError):
        found = []
    notes = (
        [str(note.get("content", "")) for note in found if isinstance(note, dict)] if isinstance(found, list) else []
    )
    if notes:
        walker.add("heading", {"text": _("Notes"), "level": "h2"})
        walker.paragraph(f"<ol>{''.join(f'<li>{note}</li>' for note in notes)}</ol>")


def _words(blocks: Sequence[tuple[str, Any]]) -> str:
    return words_of(" ".join(value for kind, value in blocks if kind == "rich_text"))
