"""An encode has succeeded when every output, probed, is as long and as large as it should be. Not before."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from masterclasses.transcoding import joining, playlists, sound, stills
from masterclasses.transcoding.causes import ResultIncomplete
from masterclasses.transcoding.ladder import Plan, Rung, mp4_rung
from masterclasses.transcoding.outputs import Track, look_at_outputs
from masterclasses.transcoding.probe import ProbeError

logger = logging.getLogger(__name__)
TOLERANCE = 0.5  # seconds


class Wrong(Exception):
    """An output is not as it should be; the words are for the log."""


@dataclass(frozen=True)
class Output:
    """A verified output, as a Rendition stores it; `bytes` counts segments, too."""

    form: str
    name: str
    width: int = 0
    height: int = 0
    bytes: int = 0
    seconds: float = 0


def verify(folder: Path, plan: Plan, rungs: tuple[Rung, ...]) -> list[Output]:
    """Check all outputs, and give each playlist the length that was found. Raises EncodeFailed."""
    try:
        if not rungs:
            raise Wrong("no rung is complete")
        return _verify(folder, plan, rungs)
    except (OSError, ProbeError, ValueError, KeyError, Wrong) as error:
        logger.warning("An encode is not complete: %s: %s", type(error).__name__, error)
        raise ResultIncomplete from error


def _verify(folder: Path, plan: Plan, rungs: tuple[Rung, ...]) -> list[Output]:
    sounds = [f"{sound.AUDIO}.m3u8", sound.FILE] if plan.audio_channels else []
    lists = [f"{rung.name}.m3u8" for rung in rungs]
    found = look_at_outputs(folder, [*lists, *sounds, joining.MP4])
    outputs = [check_rung(folder, plan, rung, found[f"{rung.name}.m3u8"]) for rung in rungs]
    outputs.append(check_mp4(folder, plan, mp4_rung(rungs), found))
    for name in sounds:
        must(abs(found[name].seconds - plan.sound_seconds) <= TOLERANCE, f"{name} lasts {found[name].seconds} s")
        must(found[name].channels == plan.audio_channels, f"{name} has {found[name].channels} channels")
    if sounds:
        outputs.append(Output("audio", sound.FILE, bytes=size(folder, sound.FILE), seconds=found[sound.FILE].seconds))
    return [*outputs, *check_stills(folder, plan)]


def check_rung(folder: Path, plan: Plan, rung: Rung, track: Track) -> Output:
    """Every segment has been read: pictures without a gap from the first on, a key frame at the start of each group."""
    name = f"{rung.name}.m3u8"
    names = [segment for segment, _seconds in playlists.segments((folder / name).read_text())]
    must((track.width, track.height) == (rung.width, rung.height), f"{name} is {track.width} × {track.height}")
    must(track.even and abs(track.start) < plan.at(1), f"{name} has a gap, or starts at {track.start} s")
    must(list(track.keys) == list(range(0, track.frames, plan.group)), f"{name} has key frames elsewhere")
    must(len(names) == len(track.keys), f"{name} has {len(names)} segments")
    must(abs(track.frames - plan.frames) <= plan.fps * TOLERANCE, f"{name} has {track.frames} pictures")
    joining.write_playlist(folder, plan, rung, track.frames, names)
    weight = sum(size(folder, segment) for segment in (f"{rung.name}_init.mp4", *names))
    return Output("hls", name, rung.width, rung.height, weight, plan.at(track.frames))


def check_mp4(folder: Path, plan: Plan, rung: Rung, found: dict[str, Track]) -> Output:
    track, whole = found[joining.MP4], found[f"{rung.name}.m3u8"]
    must((track.width, track.height) == (rung.width, rung.height), f"{joining.MP4} is {track.width} × {track.height}")
    must(track.frames == whole.frames, f"{joining.MP4} has {track.frames} pictures")
    must(abs(track.seconds - whole.seconds) <= TOLERANCE, f"{joining.MP4} lasts {track.seconds} s")
    must(track.channels == plan.audio_channels, f"{joining.MP4} has {track.channels} channels")
    seconds = max(track.seconds, plan.sound_seconds)
    return Output("mp4", joining.MP4, rung.width, rung.height, size(folder, joining.MP4), seconds)


def check_stills(folder: Path, plan: Plan) -> list[Output]:
    board = stills.Storyboard.of(plan)
    sprites = [stills.sprite_name(number + 1) for number in range(board.sprites)]
    for name in sprites:
        expected = (board.width * board.across, board.height * board.down)
        must(picture_size(folder / name) == expected, f"{name} is not {expected}")
    names = [stills.STORYBOARD, *sprites]
    width, height = picture_size(folder / stills.POSTER)
    return [
        Output("poster", stills.POSTER, width, height, size(folder, stills.POSTER)),
        Output("storyboard", stills.STORYBOARD, board.width, board.height, sum(size(folder, name) for name in names)),
    ]


def picture_size(path: Path) -> tuple[int, int]:
    with Image.open(path) as image:
        return image.size


def size(folder: Path, name: str) -> int:
    weight = (folder / name).stat().st_size
    must(weight > 0, f"{name} is empty")
    return weight


def must(holds: bool, otherwise: str) -> None:
    if not holds:
        raise Wrong(otherwise)
