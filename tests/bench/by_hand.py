"""What somebody would type who wants the outputs of the pipeline without the pipeline, at the same niceness.

Nothing here is probed, verified or survives a crash. The sound is normalised in one pass, as a single command must.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path

from masterclasses.transcoding.commands import QUALITY
from masterclasses.transcoding.ladder import Plan, Rung

NICE = ["nice", "-n", "10"]
SOUND_FILTER = "[0:a:0]aresample=48000,loudnorm=I=-16:TP=-1.5:LRA=11,aresample=48000[sound]"


def one_command(ffmpeg: str, source: Path, plan: Plan) -> list[list[str]]:
    """One decode for everything."""
    names = [rung.name for rung in plan.rungs]
    graph = [f"[0:v]fps={plan.rate},split={len(names) + 2}" + "".join(f"[i{name}]" for name in (*names, "p", "s"))]
    graph += [f"[i{rung.name}]{_scale(rung)}[{rung.name}]" for rung in plan.rungs]
    graph += [_posters("ip", plan), _sprite("is"), SOUND_FILTER]
    outputs = [word for rung in plan.rungs for word in _rung(rung, plan, with_mp4=rung.lines == 720)]
    return [[*_start(ffmpeg, source), "-filter_complex", ";".join(graph), *outputs, *_stills()]]


def one_for_each(ffmpeg: str, source: Path, plan: Plan) -> list[list[str]]:
    """One command for each rung, one after another, and the cheapest ones for the rest."""
    start = _start(ffmpeg, source)
    commands = [
        [*start, "-filter_complex", f"[0:v]fps={plan.rate},{_scale(rung)}[{rung.name}]", *_rung(rung, plan)]
        for rung in plan.rungs
    ]
    commands.append([*start, "-vn", "-filter_complex", SOUND_FILTER, *_sound()])
    graph = f"[0:v]split=2[ip][is];{_posters('ip', plan)};{_sprite('is')}"
    commands.append([*start, "-an", "-filter_complex", graph, *_stills()])
    copied = ["-i", "720p.m3u8", "-i", "audio.m4a", "-c", "copy", "-movflags", "+faststart", "video.mp4"]
    return [*commands, [ffmpeg, "-v", "error", "-y", *copied]]


def run(commands: Iterable[list[str]], folder: Path) -> None:
    for command in commands:
        subprocess.run([*NICE, *command], cwd=folder, check=True, stdin=subprocess.DEVNULL)


def _start(ffmpeg: str, source: Path) -> list[str]:
    return [ffmpeg, "-v", "error", "-y", "-i", str(source)]


def _scale(rung: Rung) -> str:
    return f"scale={rung.width}:{rung.height}:flags=bicubic,setsar=1,format=yuv420p"


def _posters(label: str, plan: Plan) -> str:
    return f"[{label}]fps={8 / plan.seconds:.6f},scale=1280:-2,format=yuvj420p[posters]"


def _sprite(label: str) -> str:
    return f"[{label}]fps=1/2,scale=160:90,format=yuvj420p,tile=10x3[sprite]"


def _stills() -> list[str]:
    posters = ["-map", "[posters]", "-frames:v", "8", "-q:v", "3", "poster_%02d.jpg"]
    return [*posters, "-map", "[sprite]", "-frames:v", "1", "-q:v", "5", "storyboard_%02d.jpg"]


def _rung(rung: Rung, plan: Plan, *, with_mp4: bool = False) -> list[str]:
    group = str(plan.group)
    video = ["-map", f"[{rung.name}]", "-c:v", "libx264", "-preset", QUALITY["preset"], "-crf", QUALITY["crf"]]
    video += ["-maxrate", f"{rung.peak_kbits}k", "-bufsize", f"{rung.peak_kbits * 2}k", "-profile:v", "high"]
    video += ["-g", group, "-keyint_min", group, "-sc_threshold", "0", "-flags:v", "+global_header"]
    if not with_mp4:
        options = [word for key, value in _hls(rung.name) for word in (f"-{key}", value)]
        return [*video, "-f", "hls", *options, f"{rung.name}.m3u8"]
    tee = [_tee(rung.name, "v"), _tee("audio", "a"), "[select=a:f=mp4]audio.m4a"]
    tee.append("[f=mp4:movflags=+faststart]video.mp4")
    sound = ["-map", "[sound]", "-c:a", "aac", "-b:a", "128k", "-flags:a", "+global_header"]
    return [*video, *sound, "-f", "tee", "|".join(tee)]


def _sound() -> list[str]:
    tee = f"{_tee('audio', 'a')}|[f=mp4]audio.m4a"
    return ["-map", "[sound]", "-c:a", "aac", "-b:a", "128k", "-flags:a", "+global_header", "-f", "tee", tee]


def _hls(name: str) -> list[tuple[str, str]]:
    return [
        ("hls_time", "4"),
        ("hls_list_size", "0"),
        ("hls_playlist_type", "vod"),
        ("hls_segment_type", "fmp4"),
        ("hls_fmp4_init_filename", f"{name}_init.mp4"),
        ("hls_segment_filename", f"{name}_%05d.m4s"),
    ]


def _tee(name: str, streams: str) -> str:
    return f"[select={streams}:f=hls:{':'.join(f'{key}={value}' for key, value in _hls(name))}]{name}.m3u8"
