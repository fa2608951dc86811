"""Whether what was published is complete: asked of the files themselves, whatever the rows say."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import av
from django.core.files.storage import default_storage

from masterclasses.models import Rendition, Transcode, Video

#: Seconds that an output may differ from its source.
TOLERANCE = 0.5
URI = re.compile(r'URI="([^"]+)"')


def flaws_of(video: Video) -> list[str]:
    """What is wrong with the published encode of a video; empty when nothing is."""
    transcode = video.published
    if transcode is None:
        return ["it is ready, and nothing is published"]
    folder = Path(default_storage.path(transcode.folder))
    flaws = [f"{name} is missing" for name in _named(transcode, folder) if not (folder / name).is_file()]
    return flaws or [*_flaws_of_streams(transcode, folder, video.duration)]


def published_files(transcode: Transcode) -> Path:
    return Path(default_storage.path(transcode.folder))


def _named(transcode: Transcode, folder: Path) -> Iterator[str]:
    """Everything that a rendition, a playlist or the storyboard names."""
    yield "master.m3u8"
    for rendition in transcode.renditions.all():
        yield rendition.name
    for playlist in sorted(folder.glob("*.m3u8")):
        text = playlist.read_text()
        yield from URI.findall(text)
        yield from (line for line in text.splitlines() if line and not line.startswith("#"))
    for board in folder.glob("*.vtt"):
        yield from {line.partition("#")[0] for line in board.read_text().splitlines() if ".jpg" in line}


def _flaws_of_streams(transcode: Transcode, folder: Path, seconds: float) -> Iterator[str]:
    forms = Rendition.Form
    for rendition in transcode.renditions.all():
        if rendition.form in {forms.POSTER, forms.STORYBOARD}:
            continue
        path = folder / rendition.name
        try:
            found, height = _joined(path) if rendition.form == forms.HLS else _probe(path)
        except (av.error.FFmpegError, OSError) as error:
            yield f"{rendition.name} cannot be read: {error}"
            continue
        if abs(found - seconds) > TOLERANCE:
            yield f"{rendition.name} has {found:.2f} s of {seconds:.2f} s"
        if rendition.height and height and rendition.height != height:
            yield f"{rendition.name} is {height} pixels high and not {rendition.height}"


def _joined(playlist: Path) -> tuple[float, int]:
    """Length and height of all segments of a playlist, read as one file."""
    text = playlist.read_text()
    names = [*URI.findall(text), *(line for line in text.splitlines() if line and not line.startswith("#"))]
    with tempfile.NamedTemporaryFile(suffix=".mp4") as whole:
        for name in names:
            whole.write((playlist.parent / name).read_bytes())
        whole.flush()
        return _probe(Path(whole.name))


def _probe(path: Path) -> tuple[float, int]:
    """Seconds from the first packet to the end of the last, and the picture's height (0 for sound)."""
    with av.open(str(path)) as container:
        stream = (container.streams.video or container.streams.audio)[0]
        begin, end = None, 0.0
        for packet in container.demux(stream):
            if packet.pts is None or packet.time_base is None:
                continue
            at = float(packet.pts * packet.time_base)
            begin = at if begin is None else min(begin, at)
            end = max(end, at + float((packet.duration or 0) * packet.time_base))
        height = stream.height if isinstance(stream, av.VideoStream) else 0
    return end - (begin or 0.0), height
