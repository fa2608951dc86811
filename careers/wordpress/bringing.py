"""What one run knows of its import: the files, the items by their number and address, and whether it may write."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from zipfile import BadZipFile

from careers.models import WordPressImport, WordPressItem, WordPressOrigin
from careers.wordpress.addresses import file_key, host_of
from careers.wordpress.archives import UploadsArchive
from careers.wordpress.html.walker import Surroundings
from careers.wordpress.media import Files
from careers.wordpress.source import SourceItem

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
        """Items by the address of their file."""
        rows = self.batch.items.filter(kind="attachment").values_list("pk", "payload__attachment_url")
        return {file_key(address): pk for pk, address in rows if address}

    @cached_property
    def reusable(self) -> dict[str, str]:
        rows = self.batch.items.filter(kind="wp_block").values_list("post_id", "payload__content")
        return dict(rows)

    def close(self) -> None:
        if "files" in self.__dict__ and self.files.archive:
            self.files.archive.close()

    def around(self, source: SourceItem) -> Surroundings:
        attached: list[str] = []
        if "[gallery" in source.content and source.post_id:
            own = self.batch.items.filter(kind="attachment", payload__parent=source.post_id)
            attached = list(own.order_by("position").values_list("post_id", flat=True))
        return Surroundings(self.base, self.reusable, attached)

    def item_of(self, address: str, number: str) -> WordPressItem | None:
        """The attachment with this number, or with this file."""
        items = self.batch.items.filter(kind="attachment")
        found = items.filter(post_id=number).first() if number else None
        if found is None and (pk := self.attachments.get(file_key(address))):
            found = items.filter(pk=pk).first()
        return found

    def origin(self, key: str) -> WordPressOrigin | None:
        return WordPressOrigin.objects.filter(site=self.site, key=key).first()

    def remember(self, key: str, **values: Any) -> None:
        WordPressOrigin.objects.update_or_create(site=self.site, key=key, defaults=values)
