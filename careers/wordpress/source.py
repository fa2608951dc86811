"""What an export says, as data: nothing here knows of our pages."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class Term:
    """A category or tag of an item; `nicename` is WordPress's slug."""

    domain: str
    nicename: str
    name: str


@dataclass
class SourceItem:
    """One `<item>` of the file. Texts are as the file has them; `terms` are in its order."""

    post_id: str = ""
    guid: str = ""
    kind: str = ""
    status: str = ""
    title: str = ""
    link: str = ""
    slug: str = ""
    creator: str = ""
    content: str = ""
    excerpt: str = ""
    date: str = ""
    date_gmt: str = ""
    modified_gmt: str = ""
    parent: str = ""
    menu_order: str = ""
    password: str = ""
    sticky: str = ""
    attachment_url: str = ""
    terms: list[Term] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    comments: int = 0
    comments_approved: int = 0
    truncated: bool = False

    def payload(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, payload: dict[str, Any]) -> SourceItem:
        return cls(**(payload | {"terms": [Term(**term) for term in payload["terms"]]}))

    def drop_nameless_terms(self) -> None:
        """Old versions of the format name each term twice, once without its slug."""
        known = {term.name for term in self.terms if term.nicename}
        self.terms = [term for term in self.terms if term.nicename or term.name not in known]

    @property
    def fingerprint(self) -> str:
        """Changes when something that we take over changes; comments and unknown details do not count."""
        ignored = {"comments", "comments_approved", "modified_gmt", "menu_order", "link", "meta", "guid"}
        counted = {name: value for name, value in self.payload().items() if name not in ignored}
        counted["meta"] = {name: self.meta[name] for name in sorted(self.meta) if name in TAKEN_META}
        return hashlib.sha256(json.dumps(counted, sort_keys=True).encode()).hexdigest()


@dataclass
class SourceSite:
    """What the file says of the site as a whole."""

    title: str = ""
    link: str = ""
    version: str = ""
    authors: dict[str, dict[str, str]] = field(default_factory=dict)
    categories: dict[str, dict[str, str]] = field(default_factory=dict)

    def payload(self) -> dict[str, Any]:
        return asdict(self)


#: Details that plugins and themes keep beside an item, and that we can use.
TAKEN_META = ("_thumbnail_id", "_wp_attachment_image_alt", "footnotes")
