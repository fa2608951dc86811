"""Celery's prefork pool, made safe for its processes being killed while they wait.

Where the broker has no event loop, as the file-based one, all processes of a pool read their work from one pipe, and
the one that waits at it holds a semaphore. A process that is killed then holds it for ever, and no other gets any
work again. Here the kernel holds the lock: it goes with the process.
"""

from __future__ import annotations

import fcntl
import tempfile
from typing import Any

from billiard.pool import Pool
from celery.concurrency import prefork


class ProcessLock:
    """A lock between processes that ends with the one that holds it (fcntl(2), record locks). Not for threads."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="pool-")  # noqa: SIM115 - open as long as the pool

    def acquire(self) -> bool:
        fcntl.lockf(self._file, fcntl.LOCK_EX)
        return True

    def release(self) -> None:
        fcntl.lockf(self._file, fcntl.LOCK_UN)

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *_error: object) -> None:
        self.release()


class BlockingPool(Pool):
    def _setup_queues(self) -> None:
        super()._setup_queues()  # type: ignore[misc]  # missing in the stubs
        for name in ("_inqueue", "_outqueue"):
            queue: Any = getattr(self, name)
            queue._rlock, queue._wlock = ProcessLock(), ProcessLock()


class TaskPool(prefork.TaskPool):
    """The prefork pool; brokers with an event loop, such as Redis, have a pipe for each process and need no lock."""

    BlockingPool = BlockingPool
