"""Making one whole of what the pieces left in a folder: playlists, the MP4 file, the poster."""

from __future__ import annotations

from pathlib import Path

from masterclasses.transcoding import playlists, posters, sound, stills
from masterclasses.transcoding.cage import GIBIBYTE, Limits
from masterclasses.transcoding.causes import EncodeFailed, ResultIncomplete
from masterclasses.transcoding.commands import opening
from masterclasses.transcoding.ffmpeg import find_ffmpeg
from masterclasses.transcoding.ladder import Plan, Rung
from masterclasses.transcoding.patience import Patience
from masterclasses.transcoding.process import Progress, run_ffmpeg

MP4 = "video.mp4"
JOINED = "joined.mp4"


def join_segments(folder: Path, plan: Plan, rungs: tuple[Rung, ...]) -> None:
    """Write a media playlist for each rung. Raises ResultIncomplete when a segment is missing."""
    for rung in rungs:
        names = sorted(path.name for path in folder.glob(f"{rung.name}_[0-9]*.m4s"))
        if names != [segment_name(rung, number) for number in range(len(names))]:
            raise ResultIncomplete
        write_playlist(folder, plan, rung, plan.frames, names)


def segment_name(rung: Rung, number: int) -> str:
    return f"{rung.name}_{number:05d}.m4s"


def write_playlist(folder: Path, plan: Plan, rung: Rung, frames: int, names: list[str]) -> None:
    """Every segment has the length of a group of pictures, the last one what is left of `frames`."""
    full, rest = plan.at(plan.group), plan.at(frames - plan.group * (len(names) - 1))
    lengths = [*(full for _name in names[:-1]), rest]
    text = playlists.media(f"{rung.name}_init.mp4", list(zip(names, lengths, strict=True)))
    (folder / f"{rung.name}.m3u8").write_text(text)


def wrap_mp4(folder: Path, plan: Plan, rung: Rung, *, progress: Progress) -> None:
    """Wrap the finished segments of a rung, and the sound, as one file; nothing is encoded again."""
    whole = folder / JOINED
    with whole.open("wb") as joined:
        for name in (f"{rung.name}_init.mp4", *(path.name for path in sorted(folder.glob(f"{rung.name}_[0-9]*.m4s")))):
            joined.write((folder / name).read_bytes())
    try:
        run_ffmpeg(
            mp4_command(find_ffmpeg().path, has_sound=bool(plan.audio_channels)),
            folder=folder,
            limits=Limits(
                memory=4 * GIBIBYTE,
                file_size=64 * 1024**2 + 2 * whole.stat().st_size + int(plan.seconds * 32_000),
                cpu_seconds=int(plan.seconds) + 600,
            ),
            patience=Patience.for_video(plan.seconds),
            seconds_total=plan.seconds,
            progress=progress,
        )
    except EncodeFailed as failure:
        if failure.try_again:
            raise
        raise ResultIncomplete from failure
    finally:
        whole.unlink()


def mp4_command(ffmpeg: str, *, has_sound: bool) -> list[str]:
    sound_input = ("-f", "mp4", "-i", f"file:{sound.FILE}") if has_sound else ()
    return [
        *(*opening(ffmpeg), "-f", "mp4", "-i", f"file:{JOINED}", *sound_input),
        *("-map", "0:v", *(("-map", "1:a") if has_sound else ()), "-c", "copy", "-map_metadata", "-1"),
        *("-movflags", "+faststart", "-f", "mp4", f"file:{MP4}"),
    ]


def choose_poster(folder: Path) -> None:
    """The liveliest candidate becomes the poster; all of them stay, for an editor may like another one better."""
    best = posters.best_of(sorted(folder.glob("poster_*.jpg")))
    if best is not None:
        (folder / stills.POSTER).write_bytes(best.read_bytes())
