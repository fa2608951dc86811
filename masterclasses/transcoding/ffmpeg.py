"""Which ffmpeg: the one that FFMPEG names, else the system's if it is new enough, else the bundled one."""

from __future__ import annotations

import logging
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from masterclasses.transcoding.causes import NO_ENCODER, EncodeFailed

logger = logging.getLogger(__name__)
OLDEST = 5


@dataclass(frozen=True)
class Binary:
    path: str
    version: str

    @property
    def major(self) -> int | None:
        """None for builds between releases, which have no number."""
        found = re.match(r"n?(\d+)\.", self.version)
        return int(found[1]) if found else None

    @property
    def new_enough(self) -> bool:
        return self.major is None or self.major >= OLDEST

    def has(self, name: str) -> bool:
        """Whether this build has the encoder or filter called `name`."""
        return name in abilities(self.path)


def find_ffmpeg() -> Binary:
    """Return the ffmpeg to use. Raises EncodeFailed when there is none."""
    if settings.FFMPEG:
        return named(settings.FFMPEG)
    system = shutil.which("ffmpeg")
    if system and (binary := named(system)).version and binary.new_enough:
        return binary
    return named(bundled())


def bundled() -> str:
    import imageio_ffmpeg

    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as error:
        raise EncodeFailed(NO_ENCODER, try_again=True) from error


@lru_cache(maxsize=8)
def named(path: str) -> Binary:
    binary = Binary(path, version_of(path))
    logger.debug("ffmpeg %s at %s", binary.version or "of unknown version", path)
    return binary


def version_of(path: str) -> str:
    try:
        answer = subprocess.run([path, "-version"], capture_output=True, text=True, timeout=10, check=False).stdout
    except (OSError, subprocess.SubprocessError):
        return ""
    found = re.match(r"ffmpeg version (\S+)", answer)
    return found[1] if found else ""


@lru_cache(maxsize=8)
def abilities(path: str) -> frozenset[str]:
    """The names of all encoders and filters of a build."""
    names = set()
    for question in ("-encoders", "-filters"):
        try:
            command = [path, "-hide_banner", question]
            answer = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False).stdout
        except (OSError, subprocess.SubprocessError):
            continue
        names |= {words[1] for line in answer.splitlines() if len(words := line.split()) > 1}
    return frozenset(names)
