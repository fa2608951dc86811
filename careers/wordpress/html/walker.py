"""Walks the tree and lays down blocks in the order of reading."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Any

from bs4 import Tag
from bs4.element import Comment, NavigableString
from django.utils.translation import gettext as _

from careers.wordpress.html.inline import ADDRESS, absolute, inline_html, plain, rich_text
from careers.wordpress.html.marks import holds
from careers.wordpress.html.tidying import INLINE
from home.embeds import recognise

#: What cannot stand inside a line of words.
_ALONE = """
img figure table blockquote pre ul ol dl h1 h2 h3 h4 h5 h6 p div section hr video audio wp-embed wp-gallery wp-file
wp-caption details summary dt dd
"""
STANDS_ALONE = _ALONE.split()
BLANK_LINE = re.compile(r"\n[ \t\r]*\n\s*")
NEW_LINE = re.compile(r"\s*\n\s*")
AFTER_BREAK = re.compile(r"<br/>\s*\n\s*")
MOST_HEADING, MOST_CAPTION, MOST_NAME = 120, 250, 120


@dataclass(frozen=True)
class Surroundings:
    """What the words of an item refer to: the site's address, its reusable blocks, the pictures attached to it, and
    those attached to others, by their numbers."""

    base: str = ""
    reusable: Mapping[str, str] = field(default_factory=dict)
    attached: Sequence[str] = ()
    elsewhere: Mapping[str, Sequence[str]] = field(default_factory=dict)


class Walker:
    """`blocks` are pairs of our block's name and its value; pictures have `src` and `attachment` in theirs.

    `breaks` says whether a new line in the source is one for readers, as in WordPress's classic editor.
    """

    def __init__(self, around: Surroundings, notes: list[str], *, breaks: bool) -> None:
        self.around, self.notes, self.breaks = around, notes, breaks
        self.base = around.base
        self.levels: dict[str, str] = {}
        self.blocks: list[tuple[str, Any]] = []
        self.more_at: int | None = None
        self.depth = self.reused = 0
        self._line: list[str] = []

    def walk(self, node: Tag) -> None:
        for child in list(node.children):
            self.visit(child)

    def visit(self, node: Any) -> None:
        from careers.wordpress.html.comments import read_comment
        from careers.wordpress.html.elements import HANDLERS, linked

        if isinstance(node, Comment):
            read_comment(self, str(node).strip())
        elif isinstance(node, NavigableString):
            self.write(node)
        elif node.name in HANDLERS:
            HANDLERS[node.name](self, node)
        elif node.name not in INLINE:
            self.apart(node, self.walk)
        elif holds(node, STANDS_ALONE):
            linked(self, node)
        else:
            self.write(node)

    def write(self, node: Any) -> None:
        """Put words with their emphasis and links into the line that is being gathered."""
        self._line.append(inline_html(node, self.base))

    def say(self, words: str) -> None:
        """Put words into the line that is being gathered."""
        self._line.append(escape(words, quote=False))

    def apart(self, node: Tag, lay: Callable[[Tag], None]) -> None:
        """Lay an element down with an end of the line before and after it."""
        self.flush()
        lay(node)
        self.flush()

    def flush(self) -> None:
        """End the line: blank lines part paragraphs, an address alone on its line is a film or a link."""
        html, self._line = AFTER_BREAK.sub("<br/>", "".join(self._line)), []
        for piece in BLANK_LINE.split(html):
            words = piece.strip()
            if ADDRESS.fullmatch(unescape(words)):
                self.embed(unescape(words))
            elif words:
                self.paragraph(f"<p>{NEW_LINE.sub('<br/>' if self.breaks else ' ', words)}</p>")

    def add(self, kind: str, value: Any) -> None:
        self.blocks.append((kind, value))

    def paragraph(self, html: str) -> None:
        """Add to the text block that is being written, or begin one."""
        html = rich_text(html)
        if not html:
            return
        if self.blocks and self.blocks[-1][0] == "rich_text" and self.more_at != len(self.blocks):
            html = self.blocks.pop()[1] + html
        self.add("rich_text", html)

    def link(self, address: str, words: str = "") -> None:
        shown = escape(words or address, quote=False)
        self.paragraph(f'<p><a href="{escape(address)}">{shown}</a></p>')

    def heading(self, tag: Tag) -> None:
        text = plain(tag).replace("\n", " ")
        if len(text) > MOST_HEADING:
            self.paragraph(f"<p><b>{escape(text, quote=False)}</b></p>")
            self.notes.append(_("A heading of more than %(count)d characters became text.") % {"count": MOST_HEADING})
        elif text:
            self.add("heading", {"text": text, "level": self.levels.get(tag.name, "h3")})

    def embed(self, address: str, caption: str = "", *, frame: bool = False) -> None:
        """Show a film of an allowed site; link to what else there is, but never frame it."""
        address = absolute(address.strip(), self.base or "https://") if address.strip() else ""
        player = recognise(address)
        if player:
            fits = len(caption) <= MOST_CAPTION
            self.add("embed", {"video": player.watch_url, "caption": caption if fits else ""})
            self.paragraph("" if fits else f"<p>{escape(caption, quote=False)}</p>")
        elif frame:
            self.notes.append(_("A frame was left out: %(address)s") % {"address": address[:200] or "?"})
        elif address:
            self.link(address, caption)
            if not frame and not address.startswith(self.base or "\0"):
                self.notes.append(_("Not shown here, only linked: %(address)s") % {"address": address[:200]})
