"""Which processes there are. Linux: it reads /proc."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def children_of(pid: int) -> list[int]:
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())  # each lists the children that it started itself
        return [int(child) for thread in threads for child in (thread / "children").read_text().split()]
    except OSError:
        return []


def processes_with(text: str) -> list[str]:
    """The living processes, other than this one, that have `text` on their command line."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            words = path.read_bytes().decode("utf-8", "replace").replace("\0", " ")
            state = (path.parent / "stat").read_text().rpartition(")")[2].split()[0]
            if text in words and state != "Z" and path.parent.name != str(os.getpid()):
                found.append(words.strip())
    return found
