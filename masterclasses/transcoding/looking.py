"""What the probing process does: `python -m masterclasses.transcoding.looking source FILE` prints JSON, and so do
`scan FILE` and `outputs FOLDER NAME…`. Knows nothing of Django, so that it starts at once.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from masterclasses.transcoding import accepted, tracks

#: Transfer characteristics of ITU-T H.273 that stand for a high dynamic range.
TRANSFERS = {16: "pq", 18: "hlg"}


def look_at(path: str) -> dict[str, Any]:
    import av

    with _open(path) as container:
        cover = av.stream.Disposition.attached_pic
        video = next((stream for stream in container.streams.video if not stream.disposition & cover), None)
        if video is None:
            return {"refused": "no_video"}
        if code := reason_not_to_decode(video.width, video.height, video.codec_context.name):
            return {"refused": code}
        frame = next(container.decode(video), None)
        if frame is None:
            return {"refused": "unreadable"}
        audio = next((stream for stream in container.streams.audio if stream.codec_context), None)
        return {
            "seconds": (container.duration or 0) / av.time_base,
            "video_seconds": float(video.duration * video.time_base) if video.duration and video.time_base else 0,
            "width": video.width,
            "height": video.height,
            "rotation": round(frame.rotation) % 360,
            "pixel_shape": float(video.sample_aspect_ratio or 1),
            "container": container.format.name,
            "video_codec": video.codec_context.name,
            **frame_rate(video.average_rate, video.base_rate),
            "streams": len(container.streams),
            "audio_codec": audio.codec_context.name if audio else "",
            "audio_channels": audio.channels if audio else 0,
            "transfer": TRANSFERS.get(int(frame.color_trc), ""),
        }


def _open(path: str) -> Any:
    import av

    return av.open(f"file:{path}", options=accepted.OPTIONS, metadata_errors="replace")


def reason_not_to_decode(width: int, height: int, codec: str) -> str:
    """The whitelists bind what the demuxer opens by itself; what we decode ourselves is checked here."""
    if width * height > accepted.MAX_PIXELS:
        return "too_large"
    return "" if codec in accepted.DECODERS.split(",") else "codec"


def frame_rate(average: Fraction | None, base: Fraction | None) -> dict[str, Any]:
    """`fps` is the average; `rate` is what the encode runs at: the base rate unless it is a wild guess."""
    usual = next((rate for rate in (base, average) if rate and 5 <= rate <= 60), None)
    fallback = min(max(average or Fraction(25), Fraction(5)), Fraction(60))
    return {"fps": float(average or base or 0), "rate": str(usual or fallback)}


def scan(path: str) -> dict[str, Any]:
    """Read all packets; times count from the container's beginning, as ffmpeg's seeking does."""
    import av

    with _open(path) as container:
        start = (container.start_time or 0) / av.time_base
        cover = av.stream.Disposition.attached_pic
        video = next((stream for stream in container.streams.video if not stream.disposition & cover), None)
        sound = next(iter(container.streams.audio), None)
        one_picture = float(1 / video.average_rate) if video and video.average_rate else 0.0
        ends: dict[int, float] = {}
        keys = []
        for packet in container.demux():
            if packet.pts is None or not packet.time_base or packet.is_discard:
                continue
            at, index = float(packet.pts * packet.time_base) - start, packet.stream_index
            is_picture = video is not None and index == video.index
            length = float((packet.duration or 0) * packet.time_base) or (one_picture if is_picture else 0.0)
            ends[index] = max(ends.get(index, 0.0), at + length)
            if is_picture and packet.is_keyframe:
                keys.append(round(at, 4))
        return {
            "seconds": max(ends.values(), default=0.0),
            "video_seconds": ends.get(video.index, 0.0) if video else 0.0,
            "sound_seconds": ends.get(sound.index, 0.0) if sound else 0.0,
            "keys": sorted(keys),
        }


QUESTIONS: dict[str, Callable[..., dict[str, Any]]] = {"source": look_at, "scan": scan, "outputs": tracks.outputs}


def main(question: str, *arguments: str) -> None:
    try:
        print(json.dumps(QUESTIONS[question](*arguments)))
    except Exception as error:  # the answer to whatever a hostile file provokes
        print(json.dumps({"refused": "unreadable", "detail": f"{type(error).__name__}: {error}"[:300]}))


if __name__ == "__main__":
    main(*sys.argv[1:])
