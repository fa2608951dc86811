"""What the portal needs in order to work, each with a question that tells whether it answers."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import DatabaseError, connection
from django.utils import timezone

from jobs.selectors import schedule_is_alive
from masterclasses.safety import sandbox_level
from portal.celery import app

logger = logging.getLogger(__name__)

SECONDS = 2.0


class NotWorking(Exception):
    """A part answers, but not as it should; the words are shown to whoever asks for the health."""


@dataclass(frozen=True)
class Part:
    """How one part is. `reason` says what is wrong without naming hosts, users or passwords."""

    name: str
    works: bool
    milliseconds: int
    reason: str = ""

    def as_dict(self) -> dict[str, object]:
        state: dict[str, object] = {"works": self.works, "milliseconds": self.milliseconds}
        return state | ({"reason": self.reason} if self.reason else {})


def database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def broker() -> None:
    """Connect once; the file-based broker counts when its folder can be written."""
    if app.conf.broker_url.startswith("filesystem"):
        _try_folder(Path(app.conf.broker_transport_options["data_folder_out"]))
        return
    with app.connection_for_write(connect_timeout=SECONDS) as link:
        link.ensure_connection(max_retries=1, timeout=int(SECONDS), interval_start=0)


def schedule() -> None:
    if not schedule_is_alive(timezone.now()):
        raise NotWorking("the schedule has not ticked for some minutes")


def storage() -> None:
    """Write and delete: a folder is tried by a temporary file, any other storage by a small object."""
    if isinstance(default_storage, FileSystemStorage):
        _try_folder(Path(default_storage.location))
        return
    default_storage.delete(default_storage.save(f"health/{uuid4().hex}", ContentFile(b"")))


def _try_folder(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".health-", dir=folder)
    os.close(handle)
    Path(name).unlink()


PARTS: dict[str, Callable[[], None]] = {
    "database": database,
    "broker": broker,
    "schedule": schedule,
    "storage": storage,
}


def info() -> dict[str, str | None]:
    """What is good to know and wakes nobody; a database that is down is told by its part."""
    try:
        return {"video_sandbox": sandbox_level()}
    except DatabaseError:
        return {"video_sandbox": None}


def ask(name: str) -> Part:
    """Ask one part; whatever goes wrong is in the log with all its words, in the answer by its kind alone."""
    started = perf_counter()
    reason = ""
    try:
        PARTS[name]()
    except NotWorking as failure:
        reason = str(failure)
    except Exception as error:
        logger.exception("Health: %s does not work", name)
        reason = type(error).__name__
    return Part(name, not reason, round((perf_counter() - started) * 1000), reason)
