"""Real processes of the portal, in environments of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from redis import Redis

from portal import services
from portal.celery import app
from tests.architecture.source import ROOT

PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")
PATIENCE = 90  # seconds; only a machine that is busy with other things comes near


def production_environment(data: Path, **settings: str) -> dict[str, str]:
    """Return the environment of a production installation in the folder `data`, on nobody's services."""
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return (
        kept
        | {
            "PORTAL_MODE": "production",
            "PORTAL_DATA_DIR": str(data),
            "SECRET_KEY": "every letter here was drawn by lot, one after another",
            "ALLOWED_HOSTS": "localhost",
            "BASE_URL": "http://localhost:8000",
            "DATABASE_URL": f"sqlite:///{data / 'production.sqlite3'}",
            "REDIS_URL": "redis://127.0.0.1:6379/0",
            "EMAIL_URL": "smtp://127.0.0.1:25",
            "DEFAULT_FROM_EMAIL": "portal@example.org",
            "DIGEST_FROM_EMAIL": "digest@example.org",
        }
        | settings
    )


def embedded_environment(data: Path, **settings: str) -> dict[str, str]:
    """Return the environment of an embedded installation in the folder `data`."""
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return kept | {"PORTAL_DATA_DIR": str(data)} | settings


def redis_of_the_suite() -> dict[str, str]:
    """Return the addresses of broker and cache where the suite runs on Redis."""
    return {name: os.environ[name] for name in ("REDIS_URL", "CACHE_URL") if os.environ.get(name)}


def suite_environment(data: Path, **settings: str) -> dict[str, str]:
    """Return the environment of a worker on the suite's database and services, with its files in the folder `data`."""
    name, url = connection.settings_dict["NAME"], os.environ.get("DATABASE_URL", "")
    own = urlsplit(url)._replace(path=f"/{name}").geturl() if url.startswith("postgres") else f"sqlite:///{name}"
    return embedded_environment(data, **({"DATABASE_URL": own} | redis_of_the_suite() | settings))


def publish_to_workers(queue: str, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process publish to the broker of `suite_environment(data)`, where nothing waits in the queue."""
    redis = os.environ.get("REDIS_URL", "")
    monkeypatch.setitem(app.conf, "broker_write_url", redis or "filesystem://localhost/")
    if not redis:
        monkeypatch.setitem(app.conf, "broker_transport_options", services._file_transport(data))
    else:  # what killed workers had taken comes back to the queue later on, into some other test
        Redis.from_url(redis).delete("unacked", "unacked_index")
    with app.connection_for_write() as broker:
        app.amqp.queues[queue].bind(broker.default_channel).declare()
        broker.default_channel.queue_purge(queue)  # type: ignore[attr-defined] # missing in the stubs


class Worker:
    """A `celery worker` of one queue on the suite's database and services, in a session of its own."""

    def __init__(self, data: Path, queue: str, *, pool: int = 1, **settings: str) -> None:
        self.data, self.queue, self.pool, self.settings = data, queue, pool, settings
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = ["celery", "-A", "portal", "worker", "-Q", self.queue, "-c", str(self.pool), "--without-gossip"]
        with (self.data / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *command],
                cwd=ROOT,
                env=suite_environment(self.data, **self.settings),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def stop(self, how: signal.Signals, *, all_at_once: bool = True) -> None:
        """Send the signal to all its processes at once, or to the first alone, and wait for the end of the first."""
        if self.process and self.process.poll() is None:
            (os.killpg if all_at_once else os.kill)(self.process.pid, how)
            self.process.wait(PATIENCE)

    def wait_for_all(self, within: float = 20) -> None:
        """Wait for what the first process left behind, and for the database to be done with all of them.

        PostgreSQL still carries out the last statement of a client that is gone.
        """
        if self.process and not eventually(lambda: not _of_group(self.process.pid), within=within):
            os.killpg(self.process.pid, signal.SIGKILL)
        if connection.vendor == "postgresql":
            wait_for(lambda: not _other_sessions())

    def children(self) -> list[int]:
        """The pool's processes. Linux: it reads /proc."""
        threads = Path(f"/proc/{self.process.pid}/task").iterdir() if self.process else ()
        return [int(pid) for thread in threads for pid in (thread / "children").read_text().split()]

    def log(self) -> str:
        return (self.data / "log").read_text()


def _of_group(group: int) -> list[Path]:
    """The processes of this group that still run. Linux: it reads /proc."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _parent, its_group = stat.read_text().rpartition(")")[2].split()[:3]
            if int(its_group) == group and state != "Z":
                found.append(stat.parent)
    return found


def _other_sessions() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        return int(cursor.fetchone()[0])


@contextmanager
def running(command: list[str], env: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run the command with its children; end all of them at the end."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *command], cwd=ROOT, env=env, stdout=output, stderr=output, start_new_session=True
        )
    try:
        yield process
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes], *, within: float = 20) -> int:
    """Send SIGTERM and return the exit status; after `within` seconds kill the whole group."""
    if process.poll() is None:
        process.terminate()
    try:
        return process.wait(within)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        return process.wait()


def wait_for(question: Callable[[], Any]) -> Any:
    """Return the first answer that is true."""
    ends = time.monotonic() + PATIENCE
    while not (answer := question()):
        assert time.monotonic() < ends, "waited in vain"
        time.sleep(0.05)
    return answer


def eventually(holds, *, within: float = 60, every: float = 0.25) -> bool:
    """Return whether `holds()` becomes true within that many seconds."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(every)
    return bool(holds())
