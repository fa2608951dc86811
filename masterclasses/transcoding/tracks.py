"""What an encode's outputs turned out to be, read by the probing process (`looking`) as a player reads them."""

from __future__ import annotations

import io
from itertools import pairwise
from pathlib import Path
from typing import Any

from masterclasses.transcoding import playlists


class Joined:
    """Files read one after another, as a player reads an initialisation segment and the segments that follow."""

    def __init__(self, paths: list[Path]) -> None:
        self._paths = iter(paths)
        self._now: io.BufferedReader | None = None

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while True:
            if self._now is not None and (data := self._now.read(size)):
                return data
            if self._now is not None:
                self._now.close()
                self._now = None
            path = next(self._paths, None)
            if path is None:
                return b""
            self._now = path.open("rb")


def outputs(folder: str, *names: str) -> dict[str, Any]:
    return {name: track(Path(folder), name) for name in names}


def track(folder: Path, name: str) -> dict[str, Any]:
    """Demux one output; a playlist stands for its segments, in the order and with the initialisation it names."""
    import av

    if name.endswith(".m3u8"):
        text = (folder / name).read_text()
        init = playlists.init_segment(text) or ""
        source: Any = Joined([folder / init, *(folder / segment for segment, _seconds in playlists.segments(text))])
    else:
        source = str(folder / name)
    with av.open(source, format="mp4") as container:
        stream = (*container.streams.video, *container.streams.audio)[0]
        width, height = (stream.width, stream.height) if stream.type == "video" else (0, 0)
        sound = next(iter(container.streams.audio), None)
        packets = [
            (packet.dts, packet.pts, packet.duration or 0, packet.is_keyframe)
            for packet in container.demux(stream)
            if packet.pts is not None
        ]
        facts = follow(packets, float(stream.time_base or 1))
        return {**facts, "width": width, "height": height, "channels": sound.channels if sound else 0}


def follow(packets: list[tuple[int, int, int, bool]], tick: float) -> dict[str, Any]:
    """Sum up packets of (decoding time, display time, length, key frame), given in decoding order."""
    if not packets:
        return {"seconds": 0.0, "start": 0.0, "frames": 0, "even": False, "keys": []}
    usual = packets[0][2]
    steps = [after[0] - before[0] for before, after in pairwise(packets)]
    start = min(pts for _dts, pts, _length, _key in packets)
    end = max(pts + length for _dts, pts, length, _key in packets)
    return {
        "seconds": (end - start) * tick,
        "start": start * tick,
        "frames": len(packets),
        "even": all(abs(step - usual) <= 1 for step in steps),
        "keys": [number for number, packet in enumerate(packets) if packet[3]] if usual else [],
    }
