"""The one place where a Celery task runs a row: claim, work, finish; and what happens when the work does not."""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any, TypeVar

from billiard.common import terminate_handler_fired  # type: ignore[attr-defined]  # newer than its stubs
from celery.exceptions import SoftTimeLimitExceeded
from celery.worker import state as worker_state
from django.db import DatabaseError, OperationalError, connection
from django.utils import timezone
from django.utils.translation import gettext as _

from jobs.actions import LeaseLost, claim, finish, give_back, renew, retry
from jobs.models import LeasedRow

logger = logging.getLogger(__name__)
Row = TypeVar("Row", bound=LeasedRow)


def run(model: type[Row], pk: int, work: Callable[[Row], None]) -> Row | None:
    """Claim the row and run `work` on it. Return the row as it was left, or None when it could not be claimed.

    `work` may end the row itself (`finish` with values, `fail`, `retry`); a row that it leaves running is
    finished. It may raise anything: the row is given back with a reason, or fails when no attempt is left.
    """
    row = claim(model, pk)
    if row is not None:
        run_claimed(row, work)
    return row


def run_claimed(row: Row, work: Callable[[Row], None]) -> None:
    """Run `work` on a row that was claimed just now, as `run` does."""
    try:
        with suppress(LeaseLost):
            _work_and_finish(row, work)
    except (SystemExit, KeyboardInterrupt):
        _leave(row)
        raise


def _work_and_finish(row: Row, work: Callable[[Row], None]) -> None:
    try:
        work(row)
        if row.status == LeasedRow.Status.RUNNING:
            finish(row)
    except LeaseLost:
        logger.info("%s %s is not ours any more: its work stops here.", row._meta.label, row.pk)
    except SoftTimeLimitExceeded:
        logger.warning("%s %s ran into the soft time limit.", row._meta.label, row.pk)
        retry(row, reason=_("It took longer than one attempt may take."))
    except Exception as error:
        logger.exception("%s %s failed unexpectedly.", row._meta.label, row.pk)
        _drop_broken_connection()
        retry(row, reason=unexpected(error))


def unexpected(error: Exception) -> str:
    return _("Something unexpected went wrong (%(error)s). The log says more.") % {
        "error": f"{type(error).__name__}: {error}".rstrip(": ")[:300]
    }


def _drop_broken_connection() -> None:
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()


def _leave(row: LeasedRow) -> None:
    """Give the row back when the worker is being stopped; count the attempt when the work itself exited."""
    with shielded(), suppress(LeaseLost):
        try:
            if worker_is_stopping():
                give_back(row)
            else:
                retry(row, reason=_("The work ended its own process."))
        except DatabaseError:
            logger.warning("%s %s could not be given back; its lease ends by itself.", row._meta.label, row.pk)


def worker_is_stopping() -> bool:
    """Whether this process was told to stop: a pool process by a signal, any other by Celery's own flags."""
    told = (worker_state.should_stop, worker_state.should_terminate)
    return terminate_handler_fired() or any(flag not in (None, False) for flag in told)


@contextmanager
def shielded() -> Iterator[None]:
    """No second signal ends this process in here: Celery sends one moments after the first.

    Which one depends on REMAP_SIGTERM.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGTERM, signal.SIGQUIT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class Heartbeat:
    """Keeps a row's lease alive from inside the work: call it as often as you like, outside transactions.

        beat = Heartbeat(row)
        for seconds in encode():
            beat(seconds_done=seconds)

    It renews at most every `lease_for / 6`, storing the values given then, and raises LeaseLost when the row is
    not ours any more. A database that is away for a moment is forgiven as long as the lease lasts.
    """

    def __init__(self, row: LeasedRow, *, every: timedelta | None = None) -> None:
        self.row = row
        self.every = (row.lease_for / 6 if every is None else every).total_seconds()
        self._last = time.monotonic()

    def __call__(self, **values: Any) -> bool:
        """Return whether the row was renewed."""
        if time.monotonic() - self._last < self.every:
            return False
        try:
            renew(self.row, **values)
        except OperationalError:
            if self.row.lease_until is None or timezone.now() >= self.row.lease_until:
                raise
            logger.warning("%s %s could not be renewed; trying again.", self.row._meta.label, self.row.pk)
            _drop_broken_connection()
        self._last = time.monotonic()
        return True
