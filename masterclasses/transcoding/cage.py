"""Runs one program under limits: `python -I cage.py '{"parent": 1234, "memory": …}' program argument …`

Standard library only, so that it starts at once. The limits, and the death with the parent, outlive the exec.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

PR_SET_PDEATHSIG = 1
PR_SET_NO_NEW_PRIVS = 38
GIBIBYTE = 1 << 30


@dataclass(frozen=True)
class Limits:
    """Memory and file size in bytes, processor time in seconds, `nice` as nice(2) has it."""

    memory: int = 4 * GIBIBYTE
    file_size: int = GIBIBYTE
    cpu_seconds: int = 3600
    open_files: int = 256
    nice: int = 10


def confined(arguments: list[str], limits: Limits) -> list[str]:
    """The command line that runs `arguments` under `limits` and lets it die with this process."""
    given = json.dumps({"parent": os.getpid(), **asdict(limits)})
    return [sys.executable, "-I", str(Path(__file__)), given, *arguments]


def apply(limits: Mapping[str, int]) -> None:
    for name, value in (
        (resource.RLIMIT_AS, limits["memory"]),
        (resource.RLIMIT_FSIZE, limits["file_size"]),
        (resource.RLIMIT_CPU, limits["cpu_seconds"]),
        (resource.RLIMIT_NOFILE, limits["open_files"]),
        (resource.RLIMIT_CORE, 0),
    ):
        _soft, hard = resource.getrlimit(name)
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(name, (value, value))
    os.nice(limits["nice"])


def die_with(parent: int) -> None:
    """Linux only; elsewhere the parent's own clean-up has to do."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit("The process that started this one is gone.")


def main() -> None:
    limits = json.loads(sys.argv[1])
    die_with(limits["parent"])
    apply(limits)
    try:
        os.execv(sys.argv[2], sys.argv[2:])  # noqa: S606 - that is what this program is for
    except OSError as error:
        sys.exit(f"cannot run {sys.argv[2]}: {error.strerror}")


if __name__ == "__main__":
    main()
