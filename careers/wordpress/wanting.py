"""What an item names that its file was cut before: it is brought up to date when the whole file comes."""

from __future__ import annotations

import hashlib
import re
from functools import cached_property
from html import unescape

from careers.models import WordPressImport
from careers.wordpress.addresses import file_key, host_of, page_key
from careers.wordpress.html.inline import absolute
from careers.wordpress.source import SourceItem

#: Numbers of pictures and of reusable blocks, as either editor writes them.
NUMBERS = re.compile(r"wp-image-(\d+)|<!-- wp:(?:block|image)\b[^>]*?\"(?:ref|id)\":(\d+)|data-id=\"(\d+)\"")
GALLERY = re.compile(r"\[gallery\b([^\]]*)\]")
ADDRESS = re.compile(r"(?:href|src)=[\"']([^\"']+)")


class Wanting:
    """Asked of a whole file, it says that nothing is wanting."""

    def __init__(self, batch: WordPressImport, *, base: str) -> None:
        self.batch, self.base = batch, base

    def fingerprint(self, source: SourceItem) -> str:
        """The source's own; another one as long as something is wanting, so that the page is looked at again."""
        if not (wanted := self._wanted(source)):
            return source.fingerprint
        return "-" + hashlib.sha256("\n".join([source.fingerprint, *sorted(wanted)]).encode()).hexdigest()[1:]

    def _wanted(self, source: SourceItem) -> set[str]:
        if not self.batch.missing:
            return set()
        numbers = {number for found in NUMBERS.findall(source.content) for number in found}
        numbers |= {source.meta.get("_thumbnail_id", ""), source.parent if source.kind == "page" else ""}
        galleries = GALLERY.findall(source.content)
        numbers |= {number for words in galleries for number in re.findall(r"\d+", words)}
        everything = {"gallery" for words in galleries if "ids" not in words}
        return numbers - self._numbers - {"", "0"} | self._addresses(source) | everything

    def _addresses(self, source: SourceItem) -> set[str]:
        """Addresses of the old site that are not those of an item before the cut."""
        found = (absolute(unescape(address), self.base) for address in ADDRESS.findall(source.content))
        own = [address for address in found if self.base and host_of(address) == host_of(self.base)]
        return {address for address in own if not {page_key(address), file_key(address)} & self._known}

    @cached_property
    def _numbers(self) -> set[str]:
        return set(self.batch.items.values_list("post_id", flat=True))

    @cached_property
    def _known(self) -> set[str]:
        rows = self.batch.items.values_list("post_id", "payload__link", "payload__attachment_url")
        known = {host_of(self.base), f"{host_of(self.base)}?p="}
        for number, link, file in rows.iterator():
            known |= {page_key(link or ""), file_key(file or ""), f"{host_of(self.base)}?p={number}"}
        return known
