"""What is really in a source, from its first packet to its last."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from masterclasses.transcoding.probe import ProbeError, ask, patience_for


@dataclass(frozen=True)
class Scan:
    """What is really in a file, whatever its header says: seconds to the end of all packets, of the pictures and of the
    sound, and those of each key frame.
    """

    seconds: float
    video_seconds: float
    sound_seconds: float = 0
    keys: tuple[float, ...] = ()


def scan_file(path: Path) -> Scan:
    """Read every packet of a local file, decoding none. Raises ProbeError."""
    answer = json.loads(ask("scan", str(path), reads=path, seconds=patience_for(path.stat().st_size)))
    if "refused" in answer:
        raise ProbeError(str(answer["refused"]))
    return Scan(**{**answer, "keys": tuple(answer["keys"])})
