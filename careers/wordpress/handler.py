"""Events of the XML reader, gathered into items. Names are compared with their prefix as written: the address that a
prefix stands for differs from version to version, and is sometimes missing."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Any
from xml.sax.handler import ContentHandler

from django.utils.translation import gettext as _

from careers.wordpress.errors import NotAnExport
from careers.wordpress.source import SourceItem, SourceSite, Term

#: Characters of one text; what is beyond is left out, and said.
MOST_TEXT = 5_000_000
FIELDS = {
    "title": "title",
    "link": "link",
    "guid": "guid",
    "dc:creator": "creator",
    "content:encoded": "content",
    "excerpt:encoded": "excerpt",
    "wp:post_id": "post_id",
    "wp:post_date": "date",
    "wp:post_date_gmt": "date_gmt",
    "wp:post_modified_gmt": "modified_gmt",
    "wp:post_name": "slug",
    "wp:status": "status",
    "wp:post_parent": "parent",
    "wp:menu_order": "menu_order",
    "wp:post_type": "kind",
    "wp:post_password": "password",
    "wp:is_sticky": "sticky",
    "wp:attachment_url": "attachment_url",
}
SITE = {"title": "title", "link": "link", "wp:wxr_version": "version", "wp:base_blog_url": "link"}
#: Elements with parts of their own.
NESTED = frozenset({"item", "wp:author", "wp:category", "wp:tag", "wp:term", "wp:postmeta", "wp:comment", "image"})


#: Texts that some exports write as markup of their own instead of words.
TEXTS = frozenset({"title", "description", "content:encoded", "excerpt:encoded", "category", "link"})
#: Prefixes that the names above have, by what the addresses behind them end with.
PREFIXES = (
    (re.compile(r"wordpress\.org/export/[^/]*/excerpt/?$"), "excerpt"),
    (re.compile(r"wordpress\.org/export/[^/]*/?$"), "wp"),
    (re.compile(r"purl\.org/rss/1\.0/modules/content/?$"), "content"),
    (re.compile(r"purl\.org/dc/elements/1\.1/?$"), "dc"),
)
VOID = frozenset({"br", "hr", "img"})
DEEPEST = 500


class ExportHandler(ContentHandler):
    """`taken` hands over finished items; `begun` counts every `<item>` that was met."""

    def __init__(self) -> None:
        super().__init__()
        self.site = SourceSite()
        self.begun = 0
        self.begin()

    def begin(self) -> None:
        """A file begins; what was read of others stays."""
        self.is_export = self.is_over = self.is_whole = False
        self._items: list[SourceItem] = []
        self._item: SourceItem | None = None
        self._inside: list[str] = []
        self._parts: dict[str, str] = {}
        self._attributes: dict[str, str] = {}
        self._prefixes: dict[str, str] = {}
        self._depth = 0
        self._text = Text("")

    def taken(self) -> list[SourceItem]:
        items, self._items = self._items, []
        return items

    def drop_unfinished(self) -> SourceItem | None:
        """The item in the midst of which the file stops: it does not count."""
        item, self._item = self._item, None
        self.begun -= item is not None
        return item

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 - SAX's name
        self._depth += 1
        if self._depth > DEEPEST:
            raise NotAnExport(_("Its elements stand in one another more than %(count)d deep.") % {"count": DEEPEST})
        if self._text.name in TEXTS:
            self._text.add(_tag(name, attrs))
            self._text.depth += 1
            return
        name = self._known(name, attrs)
        self.is_export = self.is_export or name == "rss"
        self._text = Text(name)
        if name in NESTED and not (name == "wp:category" and self._item):
            self._inside.append(name)
            self._parts = {} if name != "item" else self._parts
        if name == "item":
            self.begun += 1
            self._item = SourceItem()
        self._attributes = dict(attrs.items()) if name == "category" else {}

    def characters(self, content: str) -> None:
        self._text.add(content)
        if self._text.is_full and self._item:
            self._item.truncated = True

    def endElement(self, name: str) -> None:  # noqa: N802 - SAX's name
        self._depth -= 1
        if self._text.depth:
            self._text.depth -= 1
            self._text.add("" if name in VOID else f"</{name}>")
            return
        name = self._known(name, {})
        text, self._text = self._text.words, Text("")
        self.is_over = self.is_over or (name == "rss" and not self._depth)
        self.is_whole = self.is_whole or (name == "channel" and self._depth == 1)
        if self._inside and name == self._inside[-1]:
            self._inside.pop()
            self._finish(name)
        elif self._inside and self._inside[-1] != "item":
            self._parts[name] = text
        elif self._item:
            self._detail(self._item, name, text)
        elif name in SITE and text:
            setattr(self.site, SITE[name], text)

    def _known(self, name: str, attrs: Any) -> str:
        """The name with the prefix that WordPress would have written: tools that rewrite XML choose their own."""
        for key, address in attrs.items() if attrs else ():
            if key.startswith("xmlns:"):
                found = next((prefix for pattern, prefix in PREFIXES if pattern.search(address)), "")
                self._prefixes |= {key.removeprefix("xmlns:"): found} if found else {}
        prefix, colon, local = name.partition(":")
        return f"{self._prefixes.get(prefix, prefix)}:{local}" if colon else name

    def _detail(self, item: SourceItem, name: str, text: str) -> None:
        if name == "description" or (name == "content:encoded" and not text):
            item.content = item.content or text
        elif name in FIELDS:
            setattr(item, FIELDS[name], text)
        elif name == "category" and text:
            domain = self._attributes.get("domain", "category")
            item.terms.append(Term(domain, self._attributes.get("nicename", ""), unescape(text)))

    def _finish(self, name: str) -> None:
        if name == "item" and self._item:
            self._item.drop_nameless_terms()
            self._items.append(self._item)
            self._item = None
        elif name == "wp:postmeta" and self._item:
            self._item.meta[self._parts.get("wp:meta_key", "")] = self._parts.get("wp:meta_value", "")
        elif name == "wp:comment" and self._item:
            self._item.comments += 1
            self._item.comments_approved += self._parts.get("wp:comment_approved") == "1"
        elif name == "wp:author":
            self.site.authors[self._parts.get("wp:author_login", "")] = dict(self._parts)
        elif name == "wp:category":
            self.site.categories[self._parts.get("wp:category_nicename", "")] = dict(self._parts)


class Text:
    """The text of one element, up to a limit; `depth` says how deep in markup of its own it is."""

    def __init__(self, name: str) -> None:
        self.name, self.depth = name, 0
        self._pieces: list[str] = []
        self._length = 0

    @property
    def is_full(self) -> bool:
        return self._length > MOST_TEXT

    @property
    def words(self) -> str:
        return "".join(self._pieces).strip()

    def add(self, piece: str) -> None:
        if self._length < MOST_TEXT:
            self._pieces.append(piece)
        self._length += len(piece)


def _tag(name: str, attrs: Any) -> str:
    written = "".join(f' {key}="{escape(value)}"' for key, value in attrs.items())
    return f"<{name}{written}>"
