"""ffmpeg's command lines for the sound: measured in a first pass, made equally loud in a second (EBU R 128)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from masterclasses.transcoding.commands import input_options, opening
from masterclasses.transcoding.ladder import SEGMENT_SECONDS, Plan

AUDIO = "audio"
FILE = "audio.m4a"
LOUDNESS = -16.0  # LUFS
PEAK = -1.5  # dBTP
RANGE = 11.0  # LU
TARGET = f"loudnorm=I={LOUDNESS:g}:TP={PEAK:g}:LRA={RANGE:g}"
#: Below this there is nothing but noise, which nobody wants to hear loud.
SILENCE = -65.0


@dataclass(frozen=True)
class Loudness:
    """What the first pass measured, in LUFS, dBTP and LU."""

    integrated: float
    peak: float
    range: float
    threshold: float
    offset: float

    @property
    def silent(self) -> bool:
        return not self.integrated > SILENCE


def on_the_clock(plan: Plan) -> str:
    """Sound that starts late or has gaps gets silence there, so that it stays with the pictures."""
    layout = "mono" if plan.audio_channels == 1 else "stereo"
    return f"[0:a:0]aresample=48000:async=1:first_pts=0,aformat=channel_layouts={layout}"


def measure_command(ffmpeg: str, source: str, plan: Plan) -> list[str]:
    """Prints the measurement to stderr as the last thing."""
    start = opening(ffmpeg)
    start[start.index("error")] = "info"
    return [
        *(*start, "-nostats", *input_options(), "-copyts", "-start_at_zero", "-vn", "-i", f"file:{source}"),
        *("-filter_complex", f"{on_the_clock(plan)},{TARGET}:print_format=json[sound]"),
        *("-map", "[sound]", "-f", "null", "-"),
    ]


def parse(words: str) -> Loudness | None:
    """Read what the first pass printed; None when there is no measurement in it."""
    found = re.findall(r"\{[^{}]*\"input_i\"[^{}]*\}", words)
    try:
        said = json.loads(found[-1])
        keys = ("input_i", "input_tp", "input_lra", "input_thresh", "target_offset")
        return Loudness(*(float(said[key]) for key in keys))
    except (IndexError, ValueError, KeyError, TypeError):
        return None


def sound_command(ffmpeg: str, source: str, plan: Plan, loudness: Loudness | None) -> list[str]:
    """One encode, written twice: as segments for HLS and as a file of its own."""
    hls = (
        f"[f=hls:hls_time={SEGMENT_SECONDS}:hls_list_size=0:hls_playlist_type=vod:hls_segment_type=fmp4:"
        f"hls_flags=independent_segments:hls_fmp4_init_filename={AUDIO}_init.mp4:"
        f"hls_segment_filename={AUDIO}_%05d.m4s]{AUDIO}.m3u8"
    )
    return [
        *(*opening(ffmpeg), *input_options(), "-copyts", "-start_at_zero", "-vn", "-i", f"file:{source}"),
        *("-filter_complex", f"{on_the_clock(plan)}{normalised(loudness)}[sound]", "-map", "[sound]"),
        *("-map_metadata", "-1", "-map_chapters", "-1"),
        *("-c:a", "aac", "-b:a", f"{64 * plan.audio_channels}k", "-flags:a", "+global_header"),
        *("-f", "tee", f"{hls}|[f=mp4:movflags=+faststart]{FILE}"),
    ]


def normalised(loudness: Loudness | None) -> str:
    if loudness is None or loudness.silent:
        return ""
    measured = (
        f"measured_I={loudness.integrated:g}:measured_TP={loudness.peak:g}:measured_LRA={loudness.range:g}:"
        f"measured_thresh={loudness.threshold:g}:offset={loudness.offset:g}:linear=true"
    )
    return f",{TARGET}:{measured},aresample=48000"
