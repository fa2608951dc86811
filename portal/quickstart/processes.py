"""The process tree of a portal on one machine: web server, three Celery workers, the schedule in one of them."""

from __future__ import annotations

import os
import shlex
import sys
import threading
from collections.abc import Callable
from urllib.error import URLError
from urllib.request import urlopen

from django.db import connection, connections
from honcho.manager import Manager

#: What each worker takes, and with how many processes. A long encode, or a run of digests to a mail server that takes
#: its time, keeps nobody waiting for a confirmation or a password.
WORKERS: dict[str, tuple[tuple[str, ...], int]] = {
    "video": (("transcode",), 1),
    "bulk": (("mail-bulk",), 1),
    "work": (("mail-now", "periodic", "events"), 1),
}


def commands(port: int) -> dict[str, list[str]]:
    """Return every process by name."""
    web = [sys.executable, "-m", "gunicorn", "portal.wsgi", "--bind", f"127.0.0.1:{port}"]
    size = [*web_size(), "--worker-class", "gthread", "--threads", "8", "--log-level", "warning"]
    return {"web": [*web, *size]} | {name: worker(name) for name in WORKERS}


def worker(name: str) -> list[str]:
    queues, processes = WORKERS[name]
    celery = [sys.executable, "-m", "celery", "--app", "portal", "worker", "--loglevel", "WARNING", "--without-mingle"]
    schedule = ["--beat"] if "periodic" in queues else []
    return [*celery, "-Q", ",".join(queues), "-c", str(processes), "-n", f"{name}@%h", "--without-gossip", *schedule]


def web_size() -> list[str]:
    """SQLite has one writer at a time: one process of threads serves it best."""
    return ["--workers", "1" if connection.vendor == "sqlite" else "2"]


def run(port: int, when_ready: Callable[[], None]) -> int:
    """Run the tree until one process ends or Ctrl-C; return an exit status. Nothing is left running."""
    connections.close_all()
    manager = Manager()
    ours = {"BASE_URL": f"http://localhost:{port}", "REMAP_SIGTERM": "SIGQUIT", "PYTHONUNBUFFERED": "1"}
    for name, command in commands(port).items():
        manager.add_process(name, f"exec {shlex.join(command)}", env=ours | os.environ)
    threading.Thread(target=_announce, args=(port, when_ready), daemon=True).start()
    manager.loop()
    stopped_by_hand = manager.returncode in {130, 143}
    return 0 if stopped_by_hand else int(manager.returncode or 0)


def _announce(port: int, when_ready: Callable[[], None], *, tries: int = 600) -> None:
    pause = threading.Event()
    for _ in range(tries):
        if _answers(f"http://127.0.0.1:{port}/health/ready"):
            when_ready()
            return
        pause.wait(0.25)


def _answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=5) as response:  # noqa: S310 - an address of our own
            return bool(response.status == 200)
    except (URLError, OSError):
        return False
