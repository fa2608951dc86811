"""What is in a video file, asked in a process of its own (`looking`): one that crashes takes nothing else with it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from masterclasses.transcoding.cage import Limits
from masterclasses.transcoding.sandbox import Room, caged, interpreter

TIMEOUT = 20  # seconds
SLOWEST_DISK = 20 * 1024**2  # bytes a second
LOOKING = "masterclasses.transcoding.looking"
ROOT = Path(__file__).resolve().parents[2]


class ProbeError(Exception):
    """The file cannot be read as a video; `code` is a key of `masterclasses.validation.REFUSALS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Probe:
    """Facts about a source. Sizes in pixels as stored, before `rotation` (degrees) and the pixel shape are applied."""

    seconds: float
    width: int
    height: int
    container: str
    video_codec: str
    fps: float = 25.0
    rate: str = "25"
    rotation: int = 0
    pixel_shape: float = 1.0
    streams: int = 1
    video_seconds: float = 0
    audio_codec: str = ""
    audio_channels: int = 0
    #: "pq" or "hlg" of pictures with a high dynamic range.
    transfer: str = ""

    @property
    def turned(self) -> bool:
        return self.rotation % 180 != 0

    @property
    def display_width(self) -> int:
        return self.height if self.turned else round(self.width * self.pixel_shape)

    @property
    def display_height(self) -> int:
        return round(self.width * self.pixel_shape) if self.turned else self.height

    @property
    def has_audio(self) -> bool:
        return bool(self.audio_codec)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Probe:
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in data.items() if name in known})


def probe_file(path: Path) -> Probe:
    """Probe a local file within 20 s and 1 GiB. Raises ProbeError."""
    return parse(ask("source", str(path), reads=path))


def patience_for(size: int) -> int:
    """Seconds that reading so many bytes may take."""
    return 3 * TIMEOUT + size // SLOWEST_DISK


def parse(answer: str) -> Probe:
    """Read the answer of the probing process. Raises ProbeError."""
    try:
        data = json.loads(answer)
        if "refused" in data:
            raise ProbeError(str(data["refused"]))
        return Probe.from_json(data)
    except (ValueError, TypeError, AttributeError) as error:
        raise ProbeError("unreadable") from error


def ask(*arguments: str, reads: Path, seconds: int = TIMEOUT) -> str:
    limits = Limits(memory=1 << 30, file_size=1 << 20, cpu_seconds=seconds, nice=0)
    room = Room(ROOT, (ROOT / "masterclasses", *interpreter(), reads.absolute()), writes=False)
    command = caged([sys.executable, "-m", LOOKING, *arguments], limits, room)
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, cwd=ROOT, check=True)
    except (subprocess.SubprocessError, UnicodeDecodeError) as error:
        raise ProbeError("unreadable") from error
    return done.stdout
