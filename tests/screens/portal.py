"""The sample community on a port of this machine, in a folder that is thrown away."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from tests.architecture.source import ROOT

#: Seconds within which the web server must answer.
PATIENCE = 60


@contextmanager
def running() -> Iterator[str]:
    """Load the sample community, serve it, and give the address."""
    with tempfile.TemporaryDirectory(prefix="screens-") as folder:
        environment = os.environ | {"PORTAL_DATA_DIR": folder}
        manage = [sys.executable, str(ROOT / "manage.py")]
        port = _free_port()
        subprocess.run([*manage, "quickstart", "--no-serve", "--port", str(port)], env=environment, check=True)
        server = subprocess.Popen([*manage, "runserver", "--noreload", str(port)], env=environment)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/health/live")
            yield address
        finally:
            server.terminate()
            server.wait()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(address: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address):
                return
        except OSError:
            time.sleep(0.3)
    raise TimeoutError(f"{address} did not answer within {PATIENCE} s")
