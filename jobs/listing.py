"""Rows of every kind in one list, page by page, in a number of queries that depends on the kinds alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from heapq import merge
from itertools import islice
from typing import Any

from jobs.models import LeasedRow
from jobs.querysets import LeasedQuerySet
from jobs.registry import JobKind

Status = LeasedRow.Status
#: What is counted and listed at most of one kind and status; a queue may hold millions.
MOST = 10_000
#: By which column each status is listed; the partial indexes of `LeasedRow` give this order.
ORDER = {Status.WAITING: "next_try_at", Status.RUNNING: "lease_until"}
NEEDS_EYES = (Status.RUNNING, Status.FAILED, Status.WAITING)


@dataclass(frozen=True)
class Job:
    """One row as the Jobs page shows it."""

    kind: JobKind
    row: LeasedRow

    @property
    def last_seen(self) -> datetime | None:
        """When its worker claimed or renewed it."""
        return self.row.lease_until - self.row.lease_for if self.row.lease_until else None

    @property
    def can_retry(self) -> bool:
        return self.row.status in (Status.FAILED, Status.CANCELLED)

    @property
    def can_cancel(self) -> bool:
        return self.row.status in LeasedRow.OPEN


class JobList:
    """A sequence that a paginator can count and cut: the statuses in the order given, the kinds merged."""

    def __init__(self, kinds: Sequence[JobKind], statuses: Sequence[str]) -> None:
        self.kinds = kinds
        self.statuses = statuses

    @cached_property
    def counts(self) -> dict[str, int]:
        return {status: sum(self._by_kind[status]) for status in self.statuses}

    @cached_property
    def _by_kind(self) -> dict[str, list[int]]:
        return {status: [self._count(kind, status) for kind in self.kinds] for status in self.statuses}

    def count(self) -> int:
        return sum(self.counts.values())

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, wanted: slice) -> list[Job]:
        start, stop = wanted.start or 0, self.count() if wanted.stop is None else wanted.stop
        jobs: list[Job] = []
        for status in self.statuses:
            jobs += self._slice(status, max(start, 0), max(stop, 0))
            start, stop = start - self.counts[status], stop - self.counts[status]
        return jobs

    def _slice(self, status: str, start: int, stop: int) -> list[Job]:
        if start >= min(stop, self.counts[status]):
            return []
        keys = [self._keys(number, status, stop) for number in range(len(self.kinds))]
        chosen = list(islice(merge(*keys, key=lambda key: key[:2]), start, stop))
        rows = {number: self._rows(number, [pk for _at, n, pk in chosen if n == number]) for number in range(len(keys))}
        return [Job(self.kinds[number], rows[number][pk]) for _at, number, pk in chosen if pk in rows[number]]

    def _keys(self, number: int, status: str, stop: int) -> list[tuple[float, int, Any]]:
        """The first rows of one kind as (when, kind, pk); when is negative where the newest comes first."""
        if not self._by_kind[status][number]:
            return []
        column = ORDER.get(Status(status), "-finished_at")
        sign, name = (-1, column[1:]) if column.startswith("-") else (1, column)
        rows = self._of(self.kinds[number], status).order_by(column, "pk").values_list(name, "pk")[: min(stop, MOST)]
        return [(sign * at.timestamp() if at else 0.0, number, pk) for at, pk in rows]

    def _rows(self, number: int, pks: list[Any]) -> dict[Any, LeasedRow]:
        kind = self.kinds[number]
        return kind.model.objects.select_related(*kind.select_related).in_bulk(pks) if pks else {}

    def _count(self, kind: JobKind, status: str) -> int:
        return self._of(kind, status).order_by()[:MOST].count()

    @staticmethod
    def _of(kind: JobKind, status: str) -> LeasedQuerySet:
        return kind.model.objects.filter(status=status)
