"""What an encode's outputs turned out to be, asked in a process of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from masterclasses.transcoding.probe import ProbeError, ask, patience_for


@dataclass(frozen=True)
class Track:
    """What one output turned out to be: `frames` pictures or packets, the first at `start` seconds.

    `even` says whether each follows the one before it without a gap; `keys` lists the numbers of the key frames.
    """

    width: int
    height: int
    seconds: float
    start: float
    frames: int
    even: bool
    keys: tuple[int, ...]
    channels: int = 0


def look_at_outputs(folder: Path, names: list[str]) -> dict[str, Track]:
    """Read HLS playlists with all their segments, and files, of one folder. Raises ProbeError."""
    size = sum(path.stat().st_size for path in folder.iterdir())
    answer = json.loads(ask("outputs", str(folder), *names, reads=folder, seconds=patience_for(size)))
    if "refused" in answer:
        raise ProbeError(str(answer["refused"]))
    return {name: Track(**{**facts, "keys": tuple(facts["keys"])}) for name, facts in answer.items()}
