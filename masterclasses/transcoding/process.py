"""The one place that runs ffmpeg: caged, in a process group of its own, watched, and never left behind."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

from masterclasses.transcoding.cage import Limits
from masterclasses.transcoding.causes import explain
from masterclasses.transcoding.patience import Patience, Watch
from masterclasses.transcoding.sandbox import Room, caged

#: Told now and then how many seconds of the source are encoded; what it raises stops ffmpeg.
Progress = Callable[[float], object]
LOOK_EVERY = 0.5  # seconds
KEPT_WORDS = 16_384  # bytes of stderr


def run_ffmpeg(
    arguments: list[str],
    *,
    folder: Path,
    limits: Limits,
    patience: Patience,
    seconds_total: float,
    progress: Progress,
    fps: float = 0,
    reads: tuple[Path, ...] = (),
) -> str:
    """Run in `folder` until ffmpeg ends and return the last of what it said; it sees no other files than `reads`.

    Raises EncodeFailed, or whatever `progress` raises; ffmpeg is gone in any case.
    """
    process = subprocess.Popen(
        caged(arguments, limits, Room(folder, reads)),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"},
    )
    try:
        errors = _follow(process, Watch(patience, seconds_total, fps), progress)
        returncode = process.wait(timeout=10)
    finally:
        _end(process)
    if returncode:
        raise explain(returncode, errors)
    return errors


def _follow(process: subprocess.Popen[bytes], watch: Watch, progress: Progress) -> str:
    """Read both pipes until they are closed; return the last of what was written to stderr."""
    errors = b""
    with selectors.DefaultSelector() as selector:
        for pipe in (process.stdout, process.stderr):
            assert pipe is not None  # noqa: S101 - both are PIPE
            os.set_blocking(pipe.fileno(), False)
            selector.register(pipe, selectors.EVENT_READ)
        while selector.get_map():
            for key, _events in selector.select(timeout=LOOK_EVERY):
                data = os.read(key.fd, 65_536)
                if not data:
                    selector.unregister(key.fileobj)
                elif key.fileobj is process.stdout:
                    watch.read(data.decode("utf-8", "replace"))
                else:
                    errors = (errors + data)[-KEPT_WORDS:]
            watch.check()
            progress(watch.seconds_done)
    return errors.decode("utf-8", "replace")


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill what is left of the process group, and reap."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdout, process.stderr):
        if pipe:
            pipe.close()
