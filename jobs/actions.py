"""Every change of a leased row. Each is one conditional UPDATE whose row count is checked.

That works alike on SQLite and PostgreSQL, where row locks would silently do nothing on SQLite. The row in memory
is what the database has after each change, and what it was before when a change is rolled back.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from jobs.models import LeasedRow, Tick
from jobs.querysets import LeasedQuerySet
from jobs.wakeups import wake_after_commit

Row = TypeVar("Row", bound=LeasedRow)
#: A parked row waits for an event, not for a time.
NEVER = LeasedRow.PARKED_UNTIL
NO_CLAIM: dict[str, Any] = {"claim_token": None, "lease_until": None}
ENDED = (LeasedRow.Status.FAILED, LeasedRow.Status.CANCELLED)


class LeaseLost(Exception):
    """The row is somebody else's now, or was cancelled: stop at once and write nothing."""


def claim(model: type[Row], pk: int, *, now: datetime | None = None) -> Row | None:
    """Claim one due row and return it, or None when it is not due or somebody was faster.

    The attempt is counted before the work starts, so that work that kills its worker is counted too.
    """
    now = now or timezone.now()
    with transaction.atomic():
        claimed = (
            model.objects.due(now)
            .filter(pk=pk)
            .order_by()
            .update(
                status=LeasedRow.Status.RUNNING,
                attempts=F("attempts") + 1,
                claim_token=uuid.uuid4(),
                lease_until=now + model.lease_for,
                started_at=now,
                finished_at=None,
            )
        )
        return model.objects.get(pk=pk) if claimed else None


def claim_next(
    model: type[Row], *, order_by: tuple[str, ...] = (), now: datetime | None = None, look_at: int = 20
) -> Row | None:
    """Claim the first due row, by `order_by` or else the longest due; return None when none is to be had."""
    now = now or timezone.now()
    due = model.objects.due(now)
    for pk in list((due.order_by(*order_by) if order_by else due).values_list("pk", flat=True)[:look_at]):
        if row := claim(model, pk, now=now):
            return row
    return None


def held(row: LeasedRow) -> LeasedQuerySet:
    """The row in the database, as long as `row`'s claim is the one that counts."""
    return type(row).objects.running().filter(pk=row.pk, claim_token=row.claim_token)


def renew(row: LeasedRow, *, now: datetime | None = None, **values: Any) -> None:
    """Extend the lease and store `values` (progress, say). Raises LeaseLost."""
    lease_until = (now or timezone.now()) + row.lease_for
    with _all_or_nothing(row):
        _write(row, held(row), lease_until=lease_until, **values)


def finish(row: LeasedRow, *, reason: str = "", **values: Any) -> None:
    """Mark the work as done, with `values`, and run `after_done` in the same transaction. Raises LeaseLost."""
    with _all_or_nothing(row):
        _write(row, held(row), **_ended(LeasedRow.Status.DONE, reason), **values)
        row.after_done()


def fail(row: LeasedRow, *, reason: str, **values: Any) -> None:
    """End the work for good, with a reason that a person understands. Raises LeaseLost."""
    _fail(row, held(row), reason, **values)


def retry(
    row: LeasedRow, *, reason: str, wait: timedelta | None = None, now: datetime | None = None, **values: Any
) -> None:
    """Give the row back for another attempt, or fail it when none is left. Raises LeaseLost."""
    if not row.attempts_left:
        _fail(row, held(row), reason, **values)
        return
    next_try_at = (now or timezone.now()) + (row.wait_before_next_attempt() if wait is None else wait)
    with _all_or_nothing(row):
        _write(row, held(row), **_waiting(next_try_at), reason=fit(reason), **values)


def park(row: LeasedRow, *, until: datetime = NEVER, **values: Any) -> None:
    """Leave the row waiting, with all its attempts, until `resume` makes it due, or that time. Raises LeaseLost."""
    with _all_or_nothing(row):
        _write(row, held(row), **_waiting(until), attempts=0, reason="", **values)


def resume(row: LeasedRow, **values: Any) -> bool:
    """Make a parked row due, with `values`, and wake a worker after commit. Return whether it was parked."""
    parked = type(row).objects.parked().filter(pk=row.pk)
    with transaction.atomic():
        changed = _change_if_still(row, parked, next_try_at=timezone.now(), **values)
        if changed:
            wake_after_commit(row)
    return changed


def fail_parked(row: LeasedRow, *, reason: str) -> bool:
    """End a parked row for good, for what it waited for will not come. Return whether it was parked."""
    try:
        _fail(row, type(row).objects.parked().filter(pk=row.pk), reason)
    except LeaseLost:
        return False
    return True


def do_again(row: LeasedRow, *, parked: bool = False, **values: Any) -> bool:
    """Open a row that is done once more, with `values` and all its attempts. Return whether it was done."""
    is_done = type(row).objects.filter(pk=row.pk, status=LeasedRow.Status.DONE)
    next_try_at = NEVER if parked else timezone.now()
    with transaction.atomic():
        changed = _change_if_still(row, is_done, **_waiting(next_try_at), attempts=0, finished_at=None, **values)
        if changed and not parked:
            wake_after_commit(row)
    return changed


def open_again(rows: LeasedQuerySet, **values: Any) -> int:
    """Open those of many rows that have ended, with `values` and all their attempts; return how many.

    It is one statement, and wakes nobody.
    """
    ended = rows.filter(status__in=(*ENDED, LeasedRow.Status.DONE))
    afresh = {"attempts": 0, "reason": "", "started_at": None, "finished_at": None}
    return ended.update(**_waiting(timezone.now()), **afresh, **values)


def give_back(row: LeasedRow) -> None:
    """Return unfinished work without counting the attempt: the worker is being stopped. Raises LeaseLost."""
    with _all_or_nothing(row):
        put_back(row, until=timezone.now())
        wake_after_commit(row)


def put_back(row: LeasedRow, *, until: datetime, **values: Any) -> None:
    """Let the row wait for its turn, with `values`, without counting the attempt. Raises LeaseLost."""
    with _all_or_nothing(row):
        _write(row, held(row), **_waiting(until), attempts=F("attempts") - 1, **values)


def recover(row: LeasedRow, *, now: datetime | None = None) -> bool:
    """Take a lost row from its dead worker: another attempt, or failed. Return whether it was still lost.

    A renewal that came between reading `row` and this wins. The sweeper wakes a worker afterwards.
    """
    now = now or timezone.now()
    still_lost = held(row).filter(lease_until__lt=now)
    try:
        if row.attempts_left:
            with _all_or_nothing(row):
                _write(row, still_lost, **_waiting(now), reason=fit(row.lost_reason()))
        else:
            _fail(row, still_lost, row.lost_reason())
    except LeaseLost:
        return False
    return True


def cancel(row: LeasedRow, *, reason: str) -> bool:
    """End a row that waits or runs; a worker that holds it meets LeaseLost. Return whether it was open."""
    is_open = type(row).objects.open().filter(pk=row.pk)
    with transaction.atomic():
        changed = _change_if_still(row, is_open, **_ended(LeasedRow.Status.CANCELLED, reason))
        if changed:
            row.after_cancel()
    return changed


def start_again(row: LeasedRow) -> bool:
    """An operator's retry of a failed or cancelled row, with all its attempts. Return whether it could be."""
    has_ended = type(row).objects.filter(pk=row.pk, status__in=ENDED)
    with transaction.atomic():
        changed = _change_if_still(
            row, has_ended, **_waiting(timezone.now()), attempts=0, reason="", started_at=None, finished_at=None
        )
        if changed:
            wake_after_commit(row)
            row.after_restart()
    return changed


def record_tick(name: str, *, now: datetime | None = None) -> None:
    """Remember that the part of the schedule called `name` has just run."""
    Tick.objects.update_or_create(name=name, defaults={"last_at": now or timezone.now()})


def fit(reason: str) -> str:
    """The reason as the column takes it: no NUL (PostgreSQL refuses it), at most 500 characters."""
    text = str(reason).replace("\x00", "").strip()
    return text if len(text) <= 500 else f"{text[:499]}…"


def _waiting(next_try_at: datetime) -> dict[str, Any]:
    return {"status": LeasedRow.Status.WAITING, "next_try_at": next_try_at, **NO_CLAIM}


def _ended(status: str, reason: str) -> dict[str, Any]:
    return {"status": status, "finished_at": timezone.now(), "reason": fit(reason), **NO_CLAIM}


def _fail(row: LeasedRow, rows: LeasedQuerySet, reason: str, **values: Any) -> None:
    with _all_or_nothing(row):
        _write(row, rows, **_ended(LeasedRow.Status.FAILED, reason), **values)
        row.after_failure()


def _change_if_still(row: LeasedRow, rows: LeasedQuerySet, **values: Any) -> bool:
    with transaction.atomic():
        changed = rows.update(**values)
        row.refresh_from_db()
    return bool(changed)


def _write(row: LeasedRow, rows: LeasedQuerySet, **values: Any) -> None:
    if not rows.update(**values):
        raise LeaseLost(f"{row._meta.label} {row.pk}")
    row.refresh_from_db()


@contextmanager
def _all_or_nothing(row: LeasedRow) -> Iterator[None]:
    """One transaction. When it is rolled back, the row in memory has its claim again and can still be given back."""
    before = row.__dict__.copy()
    try:
        with transaction.atomic():
            yield
    except BaseException:
        row.__dict__ = before
        raise
