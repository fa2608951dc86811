"""Namespaces around a program, by bubblewrap where it works: no network, no processes, no files but those it needs.

Whether it works is found out by trying: many containers forbid it. Then the limits of `cage` are all there is.
"""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from masterclasses.transcoding.cage import Limits, confined

logger = logging.getLogger(__name__)
#: What programs are linked with; `alternatives` is where Debian's ffmpeg finds its linear algebra.
SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/etc/alternatives", "/etc/ld.so.cache")
#: The beginning of the tick that says under which level a worker works; the level follows.
TICK = "masterclasses.sandbox:"
BUBBLEWRAP, RLIMITS = "bubblewrap", "rlimits"


@dataclass(frozen=True)
class Room:
    """What a program sees of the disk beside the system: files and folders to read, and one to begin in and write to.

    Without `writes` it only begins there.
    """

    folder: Path
    reads: tuple[Path, ...] = ()
    writes: bool = True


def walls(bubblewrap: str, program: str, room: Room) -> list[str]:
    """The beginning of a command line that goes on with the program and its arguments."""
    own_place = () if Path(program).is_relative_to("/usr") else (Path(program).parent,)
    return [
        *(bubblewrap, "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv"),
        *("--setenv", "PATH", os.defpath, "--setenv", "LC_ALL", "C.UTF-8"),
        *(word for place in SYSTEM for word in ("--ro-bind-try", place, place)),
        *("--dev", "/dev", "--tmpfs", "/tmp"),  # noqa: S108 - inside, an empty one
        *_binds("--ro-bind-try", own_place),
        *_binds("--ro-bind", room.reads),
        *_binds("--bind", [room.folder] if room.writes else []),
        *("--chdir", str(room.folder), "--"),
    ]


def _binds(option: str, paths: Iterable[Path]) -> list[str]:
    return [word for path in paths for word in (option, str(path), str(path))]


def interpreter() -> tuple[Path, ...]:
    """Where this Python and its packages are."""
    return tuple({Path(sys.prefix), Path(sys.base_prefix)})


@lru_cache(maxsize=1)
def bubblewrap() -> str:
    """The path of a bubblewrap that works here, or nothing."""
    found = shutil.which("bwrap")
    if found is None:
        return ""
    trial = confined([*walls(found, "/usr/bin/true", Room(Path("/usr"), writes=False)), "/usr/bin/true"], Limits())
    try:
        done = subprocess.run(trial, capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.SubprocessError) as error:
        logger.warning("bubblewrap does not work here: %s", error)
        return ""
    if done.returncode:
        logger.warning("bubblewrap does not work here: %s", done.stderr.strip()[-300:])
    logger.info("What people upload is read under %s.", RLIMITS if done.returncode else BUBBLEWRAP)
    return "" if done.returncode else found


def level() -> str:
    """How programs that read what people upload are held on this machine."""
    return BUBBLEWRAP if bubblewrap() else RLIMITS


def caged(arguments: list[str], limits: Limits, room: Room) -> list[str]:
    """The command line that runs `arguments` under `limits`, in `room` where there can be walls; it dies with us."""
    path = bubblewrap()
    return confined([*walls(path, arguments[0], room), *arguments] if path else arguments, limits)
