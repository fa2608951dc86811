"""What one run knows of its import: the files, the items by their number and address, and whether it may write."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from zipfile import BadZipFile

from careers.models import WordPressImport, WordPressItem, WordPressOrigin
from careers.wordpress.addresses import exact_key, file_key, host_of, name_of
from careers.wordpress.archives import UploadsArchive
from careers.wordpress.html.walker import Surroundings
from careers.wordpress.media import Files, is_picture
from careers.wordpress.source import SourceItem
from careers.wordpress.wanting import Wanting

Verdict = WordPressItem.Verdict


@dataclass
class Outcome:
    """What became, or would become, of an item; `values` are stored in its row."""

    verdict: str
    notes: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)


class Bringing:
    """One import under way. With `write` false nothing is made, and the outcomes say what would be."""

    def __init__(self, batch: WordPressImport, *, write: bool) -> None:
        self.batch, self.write = batch, write

    @property
    def site(self) -> str:
        return host_of(self.batch.site.get("link", ""))

    @property
    def base(self) -> str:
        return str(self.batch.site.get("link", "")).rstrip("/") + "/" if self.site else ""

    @cached_property
    def files(self) -> Files:
        archive = None
        with suppress(BadZipFile, OSError, ValueError):
            archive = UploadsArchive(self.batch.pictures.open("rb")) if self.batch.pictures else None
        return Files(archive, fetching=self.batch.fetch_pictures)

    @cached_property
    def attachments(self) -> dict[str, int]:
        """Items by the address of their file; by the address of the file in another size, where no other has that."""
        rows = self.batch.items.filter(kind="attachment").values_list("pk", "payload__attachment_url")
        files = [(pk, address) for pk, address in rows.order_by("-position") if address]
        return {file_key(address): pk for pk, address in files} | {exact_key(address): pk for pk, address in files}

    @cached_property
    def wanting(self) -> Wanting:
        return Wanting(self.batch, base=self.base)

    @cached_property
    def doubles(self) -> set[int]:
        """Items that stand in the file a second time."""
        first: dict[str, int] = {}
        rows = self.batch.items.order_by("position").values_list("pk", "key")
        return {pk for pk, key in rows if first.setdefault(key, pk) != pk}

    @cached_property
    def reusable(self) -> dict[str, str]:
        rows = self.batch.items.filter(kind="wp_block").values_list("post_id", "payload__content")
        return dict(rows)

    def close(self) -> None:
        if "files" in self.__dict__ and self.files.archive:
            self.files.archive.close()

    def around(self, source: SourceItem) -> Surroundings:
        named = re.findall(r"\[gallery[^\]]*?\sid=[\"']?(\d+)", source.content)
        elsewhere = {number: self._pictures_of(number) for number in named}
        own = self._pictures_of(source.post_id) if "[gallery" in source.content and source.post_id else []
        return Surroundings(self.base, self.reusable, own, elsewhere)

    def _pictures_of(self, number: str) -> list[str]:
        own = self.batch.items.filter(kind="attachment", payload__parent=number).order_by("position")
        files = own.values_list("post_id", "payload__attachment_url")
        return [post_id for post_id, address in files if is_picture(address or "")]

    def item_of(self, address: str, number: str) -> WordPressItem | None:
        """The attachment with this file, else the one with this number, unless it is plainly another file's: words that
        were copied from another site have that site's numbers."""
        pk = self.attachments.get(exact_key(address)) or self.attachments.get(file_key(address)) if address else None
        items = self.batch.items.filter(kind="attachment")
        if pk:
            return items.filter(pk=pk).first()
        found = items.filter(post_id=number).first() if number else None
        file = found.payload["attachment_url"] if found else ""
        return None if address and file and name_of(address) != name_of(file) else found

    def origin(self, key: str) -> WordPressOrigin | None:
        return WordPressOrigin.objects.filter(site=self.site, key=key).first()

    def remember(self, key: str, **values: Any) -> None:
        WordPressOrigin.objects.update_or_create(site=self.site, key=key, defaults=values)
