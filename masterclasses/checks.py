"""Says at start what would otherwise only show when the first video fails."""

from __future__ import annotations

from typing import Any

from django.core import checks

from masterclasses.transcoding.causes import EncodeFailed
from masterclasses.transcoding.ffmpeg import OLDEST, find_ffmpeg


@checks.register()
def ffmpeg_is_there(**_kwargs: Any) -> list[checks.CheckMessage]:
    """Finding out costs one start of ffmpeg per process."""
    try:
        binary = find_ffmpeg()
    except EncodeFailed as error:
        return [checks.Warning(str(error), hint="Install ffmpeg, or set FFMPEG to its path.", id="masterclasses.W001")]
    if not binary.version:
        return [
            checks.Warning(
                f"{binary.path} does not answer like ffmpeg: no video can be encoded.",
                hint="Set FFMPEG to the path of a working ffmpeg.",
                id="masterclasses.W001",
            )
        ]
    if not binary.new_enough:
        return [
            checks.Warning(
                f"ffmpeg {binary.version} at {binary.path} is older than {OLDEST}.",
                hint=f"Install ffmpeg {OLDEST} or newer, or leave FFMPEG empty to use the bundled one.",
                id="masterclasses.W002",
            )
        ]
    return []
