"""Films for a drill: a moving test picture with a tone, of several lengths and sizes."""

from __future__ import annotations

import subprocess
from pathlib import Path

from masterclasses.transcoding.ffmpeg import find_ffmpeg

#: Seconds, size of the picture, and whether there is sound.
KINDS = ((6, "640x360", True), (20, "1280x720", True), (10, "854x480", False), (36, "640x360", True))


def make_films(folder: Path) -> list[Path]:
    return [_film(folder / f"film-{number}.mp4", *kind) for number, kind in enumerate(KINDS)]


def _film(path: Path, seconds: int, size: str, sound: bool) -> Path:
    picture = ["-f", "lavfi", "-i", f"testsrc2=size={size}:rate=25:duration={seconds}"]
    tone = ["-f", "lavfi", "-i", f"sine=frequency=330:duration={seconds}", "-c:a", "aac"] if sound else []
    x264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "50"]
    command = [find_ffmpeg().path, "-v", "error", "-y", *picture, *tone, *x264, str(path)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return path
