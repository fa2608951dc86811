"""Rows that one sender claimed together, with their digests, read for all of them in a constant number of queries.

Nothing else is done together: each row is looked at, begun, sent and recorded by itself, and what was not begun goes
back when the sender stops.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import Self

from celery.exceptions import SoftTimeLimitExceeded
from django.db import connection
from django.utils import timezone

from digests import selection
from digests.delivery.claiming import take
from digests.delivery.line import uninterrupted
from digests.models import Delivery
from digests.selection import Digest
from digests.selection.candidates import public_pages
from digests.selection.readers import readers_of
from home.models import ContentPage
from jobs.chunks import put_back_together
from jobs.running import shielded

logger = logging.getLogger(__name__)


class Chunk:
    """Iterating hands out the rows one by one; on leaving, those that were not handed out are given back."""

    def __init__(self) -> None:
        self._rows: list[Delivery] = []
        self._digests: dict[int, Digest | None] = {}
        self._public = Public(())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        with shielded():
            self.give_back()

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Delivery]:
        while self._rows:
            yield self._rows.pop(0)

    def claim(self, most: int) -> int:
        """Claim at most so many rows and return how many it were. No signal comes in between and loses them."""
        with uninterrupted():
            self._rows = take(most)
        return len(self._rows)

    def give_back(self) -> int:
        rows, self._rows = self._rows, []
        return put_back_together(rows)

    def put_together(self) -> None:
        """Choose and assemble the digests of all rows. Where that fails each row tries alone, and fails alone."""
        try:
            self._digests = digests_of(self._rows)
        except SoftTimeLimitExceeded:
            raise
        except Exception:
            logger.exception("%d digests could not be put together at once.", len(self._rows))
            return
        self._public = Public(digest for digest in self._digests.values() if digest)

    def digest_of(self, row: Delivery) -> Digest | None:
        """The digest of this row, of which everything is public at this moment; None when nothing of it is."""
        if row.pk in self._digests:
            digest = self._digests[row.pk]
            if digest is None or self._public.shows_all(digest):
                return digest
        return digests_of([row])[row.pk]


class Public:
    """Asks whether what some digests show is still public: one short statement, prepared once, for each mail."""

    def __init__(self, digests: Iterable[Digest]) -> None:
        pages = {page.pk for digest in digests for page in _pages(digest)}
        still = public_pages(timezone.now()).filter(pk__in=pages).order_by().values_list("pk")
        self._statement = still.query.sql_with_params() if pages else None

    def shows_all(self, digest: Digest) -> bool:
        if self._statement is None:
            return False
        with connection.cursor() as cursor:
            cursor.execute(*self._statement)
            public = {pk for (pk,) in cursor.fetchall()}
        now = timezone.now()
        return all(page.pk in public and not (page.expire_at and page.expire_at <= now) for page in _pages(digest))


def _pages(digest: Digest) -> list[ContentPage]:
    return [*digest.pages, *(step.page for step in digest.steps), *digest.evenings]


def digests_of(rows: Sequence[Delivery]) -> dict[int, Digest | None]:
    """The digest of each row, by its id, None when it would be empty. Items that are new wait in the row for its copy.

    A second row of one subscriber is left to be done alone, after the first: that may be what it must not repeat.
    """
    now = timezone.now()
    firsts = list({row.subscriber_id: row for row in reversed(rows)}.values())
    keys = {row.subscriber_id: row.period_key for row in firsts}
    readers = readers_of([row.subscriber for row in firsts])
    unchosen = [row for row in firsts if row.items is None]
    if unchosen:
        chosen = selection.choose_many([row.subscriber for row in unchosen], now=now, period_keys=keys, readers=readers)
        for row in unchosen:
            row.items, row.selected_at = chosen[row.subscriber_id], now
    pairs = [(row.subscriber, row.items or []) for row in firsts if row.items]
    digests = selection.assemble_many(pairs, period_keys=keys, now=now, readers=readers) if pairs else {}
    return {row.pk: digests.get(row.subscriber_id) for row in firsts}
