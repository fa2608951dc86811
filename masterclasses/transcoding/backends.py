"""Who encodes: our own ffmpeg, piece by piece, or whatever class VIDEO_ENCODER names.

An encoder is asked twice: to begin, and to collect what was made. Verifying, publishing and telling stay ours.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from masterclasses.models import Transcode
from masterclasses.transcoding.ladder import Plan


class Encoder(Protocol):
    def begin(self, transcode: Transcode) -> None:
        """Called by whoever holds `transcode` in stage `plan`: write down its plan and leave it parked.

        What becomes of it is said later by `stages.settle`, or by `jobs.actions.resume` with stage `publish` and
        `jobs.actions.fail_parked`. Raises EncodeFailed, and LeaseLost.
        """

    def collect(self, transcode: Transcode, plan: Plan, folder: Path) -> list[str]:
        """Put segments, sound and stills into the local `folder`, under the names of `commands`, `sound` and `stills`.

        Returns the names of the rungs that are complete. Raises EncodeFailed.
        """


def get_encoder() -> Encoder:
    name = getattr(settings, "VIDEO_ENCODER", "masterclasses.transcoding.pieceworks.FfmpegEncoder")
    return cast(Encoder, import_string(name)())
