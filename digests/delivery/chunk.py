"""Rows that one sender claimed together, with their digests, read for all of them in a constant number of queries.

Nothing else is done together: each row is looked at, begun, sent and recorded by itself, and what was not begun goes
back when the sender stops.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Self

from celery.exceptions import SoftTimeLimitExceeded
from django.utils import timezone

from digests import selection
from digests.delivery.claiming import take
from digests.delivery.line import uninterrupted
from digests.delivery.still_public import Condition, StillPublic, has_ended
from digests.models import Delivery
from digests.selection import Digest
from digests.selection.readers import readers_of
from jobs.chunks import put_back_together
from jobs.running import shielded

logger = logging.getLogger(__name__)


class Chunk:
    """Iterating hands out the rows one by one; on leaving, those that were not handed out are given back."""

    def __init__(self) -> None:
        self._rows: list[Delivery] = []
        self._digests: dict[int, Digest | None] = {}
        self._public = StillPublic(())

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
            self._public = StillPublic(digest for digest in self._digests.values() if digest)
        except SoftTimeLimitExceeded:
            raise
        except Exception:
            logger.exception("%d digests could not be put together at once.", len(self._rows))
            self._digests = {}

    def digest_of(self, row: Delivery) -> tuple[Digest | None, Condition | None]:
        """The digest of this row, None when it would be empty, and under which condition all of it is still public.

        No condition has one that was put together this moment.
        """
        if row.pk in self._digests:
            digest = self._digests[row.pk]
            if digest is None:
                return None, None
            if self._public.holds_for(digest) and not has_ended(digest, timezone.now()):
                return digest, self._public.condition
        return digests_of([row])[row.pk], None


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
