"""Events of the XML reader, gathered into items. Names are compared with their prefix as written: the address that a
prefix stands for differs from version to version, and is sometimes missing."""

from __future__ import annotations

from typing import Any
from xml.sax.handler import ContentHandler

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


class ExportHandler(ContentHandler):
    """Finished items are in `items` until somebody takes them; `begun` counts every `<item>` that was met."""

    def __init__(self) -> None:
        super().__init__()
        self.site = SourceSite()
        self.items: list[SourceItem] = []
        self.begun = 0
        self.is_export = False
        self._item: SourceItem | None = None
        self._inside: list[str] = []
        self._parts: dict[str, str] = {}
        self._attributes: dict[str, str] = {}
        self._text: list[str] = []
        self._length = 0

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 - SAX's name
        self.is_export = self.is_export or name == "rss"
        self._text, self._length = [], 0
        if name in NESTED and not (name == "wp:category" and self._item):
            self._inside.append(name)
            self._parts = {} if name != "item" else self._parts
        if name == "item":
            self.begun += 1
            self._item = SourceItem()
        self._attributes = dict(attrs.items()) if name == "category" else {}

    def characters(self, content: str) -> None:
        if self._length < MOST_TEXT:
            self._text.append(content)
        elif self._item:
            self._item.truncated = True
        self._length += len(content)

    def endElement(self, name: str) -> None:  # noqa: N802 - SAX's name
        text = "".join(self._text).strip()
        self._text, self._length = [], 0
        if self._inside and name == self._inside[-1]:
            self._inside.pop()
            self._finish(name)
        elif self._inside and self._inside[-1] != "item":
            self._parts[name] = text
        elif self._item:
            self._detail(self._item, name, text)
        elif name in SITE and text:
            setattr(self.site, SITE[name], text)

    def _detail(self, item: SourceItem, name: str, text: str) -> None:
        if name in FIELDS:
            setattr(item, FIELDS[name], text)
        elif name == "category" and text:
            domain = self._attributes.get("domain", "category")
            item.terms.append(Term(domain, self._attributes.get("nicename", ""), text))

    def _finish(self, name: str) -> None:
        if name == "item" and self._item:
            self.items.append(self._item)
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
