"""HLS playlists (RFC 8216): the master that lists the rungs, from the media playlists that ffmpeg wrote."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

SOUND_CODEC = "mp4a.40.2"


@dataclass(frozen=True)
class Variant:
    """One rung as the master lists it. Bits a second: the highest of any segment, and the average."""

    playlist: str
    width: int
    height: int
    peak: int
    average: int
    codec: str


def segments(playlist: str) -> list[tuple[str, float]]:
    """The segments of a media playlist, each with its seconds."""
    found: list[tuple[str, float]] = []
    seconds = 0.0
    for line in playlist.splitlines():
        if line.startswith("#EXTINF:"):
            seconds = float(line.removeprefix("#EXTINF:").split(",")[0])
        elif line and not line.startswith("#"):
            found.append((line.strip(), seconds))
    return found


def init_segment(playlist: str) -> str | None:
    found = re.search(r'#EXT-X-MAP:URI="([^"]+)"', playlist)
    return found[1] if found else None


def bandwidth(playlist: str, size_of: Callable[[str], int]) -> tuple[int, int]:
    """Peak and average bits a second of a media playlist."""
    sizes = [(size_of(name) * 8, max(seconds, 0.04)) for name, seconds in segments(playlist)]
    peak = max((bits / seconds for bits, seconds in sizes), default=0)
    total = sum(seconds for _bits, seconds in sizes) or 1
    return round(peak), round(sum(bits for bits, _seconds in sizes) / total)


def h264_codec(init: bytes) -> str:
    """The RFC 6381 name of the H.264 stream in an MP4 initialisation segment."""
    at = init.find(b"avcC")
    return f"avc1.{init[at + 5 : at + 8].hex()}" if at >= 0 else "avc1.64001f"


def av1_codec(init: bytes) -> str:
    """The name of the AV1 stream (AV1 in ISOBMFF, 5): profile, level, tier and bits, from its configuration."""
    at = init.find(b"av1C")
    if at < 0:
        return "av01.0.08M.08"
    second, third = init[at + 5], init[at + 6]
    profile, level = second >> 5, second & 0x1F
    tier, bits = "H" if third & 0x80 else "M", 10 if third & 0x40 else 8
    return f"av01.{profile}.{level:02d}{tier}.{bits:02d}"


CODECS = {"h264": h264_codec, "av1": av1_codec}


def media(init: str, files: Sequence[tuple[str, float]]) -> str:
    """A media playlist of segments with their seconds."""
    longest = max((seconds for _name, seconds in files), default=0)
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", f"#EXT-X-TARGETDURATION:{max(1, ceil(longest))}", "#EXT-X-MEDIA-SEQUENCE:0"]
    lines += ["#EXT-X-PLAYLIST-TYPE:VOD", "#EXT-X-INDEPENDENT-SEGMENTS", f'#EXT-X-MAP:URI="{init}"']
    for name, seconds in files:
        lines += [f"#EXTINF:{seconds:.6f},", name]
    return "\n".join([*lines, "#EXT-X-ENDLIST", ""])


def master(variants: Sequence[Variant], *, audio: str = "", audio_peak: int = 0, audio_channels: int = 2) -> str:
    """The master playlist; `audio` is the media playlist that all variants share, if there is sound."""
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    if audio:
        lines.append(
            '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="Sound",DEFAULT=YES,AUTOSELECT=YES,'
            f'CHANNELS="{audio_channels}",URI="{audio}"'
        )
    for variant in variants:
        codecs = f"{variant.codec},{SOUND_CODEC}" if audio else variant.codec
        lines.append(
            f"#EXT-X-STREAM-INF:BANDWIDTH={variant.peak + audio_peak},AVERAGE-BANDWIDTH={variant.average + audio_peak},"
            f'RESOLUTION={variant.width}x{variant.height},CODECS="{codecs}"' + (',AUDIO="sound"' if audio else "")
        )
        lines.append(variant.playlist)
    return "\n".join([*lines, ""])
