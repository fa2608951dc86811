"""The one gate for video files: every door that takes one asks here, and nothing is stored before it has answered."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from masterclasses.transcoding import accepted
from masterclasses.transcoding.probe import Probe, ProbeError, probe_file

EXPORT = _("Export it from your editing program as an MP4 file (H.264 with AAC sound) and try again.")
REFUSALS = {
    "empty": _("This file is empty. Choose the video again; perhaps it was still being copied."),
    "too_big": _("This file is %(size)s; the limit is %(limit)s. Export the video at a lower quality or in parts."),
    "unreadable": _("This is not a supported video file, or it is damaged. %(export)s"),
    "codec": _("The pictures in this file are packed in a way that the portal does not accept. %(export)s"),
    "no_video": _("This file has no video track, only sound. %(export)s"),
    "too_small": _("The picture is %(width)s × %(height)s pixels; each side needs at least %(limit)s."),
    "too_large": _(
        "The picture is larger than %(max_width)s × %(max_height)s pixels. Export it smaller and try again."
    ),
    "too_long": _("The video is longer than %(limit)s hours. Cut it into parts and upload each of them."),
    "no_length": _("The file does not say how long it is, so it is probably damaged. %(export)s"),
    "too_fast": _("The video has more than %(limit)s pictures a second. Export it with 60 or fewer."),
    "too_many_streams": _("The file has more than %(limit)s tracks. Export it with one picture and one sound track."),
}


def refusal(code: str, **values: Any) -> ValidationError:
    return ValidationError(REFUSALS[code], code=code, params={"export": EXPORT, **values})


def validate_source(file: File[Any]) -> Probe:
    """Return the facts about an acceptable video. Raises ValidationError in an editor's words."""
    validate_size(file.size)
    with local_path(file) as path:
        try:
            probe = probe_file(path)
        except ProbeError as error:
            raise refusal(error.code, max_width=accepted.MAX_WIDTH, max_height=accepted.MAX_HEIGHT) from error
    validate_facts(probe)
    return probe


def validate_size(size: int) -> None:
    if size == 0:
        raise refusal("empty")
    if size > settings.MAX_VIDEO_BYTES:
        raise refusal("too_big", size=filesizeformat(size), limit=filesizeformat(settings.MAX_VIDEO_BYTES))


def validate_facts(probe: Probe) -> None:
    wide, high = max(probe.width, probe.height), min(probe.width, probe.height)
    if wide > accepted.MAX_WIDTH or high > accepted.MAX_HEIGHT:
        raise refusal("too_large", max_width=accepted.MAX_WIDTH, max_height=accepted.MAX_HEIGHT)
    if min(probe.display_width, probe.display_height) < accepted.MIN_SIDE:
        raise refusal("too_small", width=probe.width, height=probe.height, limit=accepted.MIN_SIDE)
    if probe.seconds <= 0:
        raise refusal("no_length")
    for code, value, limit, shown in (
        ("too_long", probe.seconds, accepted.MAX_SECONDS, accepted.MAX_SECONDS // 3600),
        ("too_fast", probe.fps, accepted.MAX_FPS, accepted.MAX_FPS),
        ("too_many_streams", probe.streams, accepted.MAX_STREAMS, accepted.MAX_STREAMS),
    ):
        if value > limit:
            raise refusal(code, limit=shown)


@contextmanager
def local_path(file: File[Any]) -> Iterator[Path]:
    """A path that another process can open: the upload's own temporary file, or a copy that goes away again."""
    temporary = getattr(file, "temporary_file_path", None)
    if temporary is not None:
        yield Path(temporary())
        return
    with tempfile.NamedTemporaryFile(prefix="video-") as copy:
        file.seek(0)
        shutil.copyfileobj(file, copy)
        copy.flush()
        file.seek(0)
        yield Path(copy.name)
