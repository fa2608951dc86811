"""What must be true before anything is started; each answer is one sentence."""

from __future__ import annotations

import os
import socket
from pathlib import Path

from django.core.management.base import CommandError


def require_writable(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        writable = os.access(folder, os.W_OK)
    except OSError:
        writable = False
    if not writable:
        raise CommandError(
            f"The folder {folder} cannot be written: set PORTAL_DATA_DIR to a folder that you may write to."
        )


def require_free_port(port: int) -> None:
    if not 1 <= port <= 65535:
        raise CommandError(f"{port} is not a port: choose one from 1 to 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise CommandError(f"Port {port} needs more rights: choose one above 1023 with --port.") from None
        except OSError:
            raise CommandError(f"Port {port} is taken: stop what uses it, or choose another with --port.") from None
