"""What a remote encoder made, brought into a folder of this portal: only what was planned, and nothing on trust."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Any

from PIL import Image

from jobs.running import Heartbeat
from masterclasses.models import RemoteEvent, RemoteJob, Transcode
from masterclasses.remote.client import download
from masterclasses.remote.facts import facts_of, outputs_of
from masterclasses.remote.outcomes import WrongResult
from masterclasses.transcoding import files, playlists, sound, stills
from masterclasses.transcoding.causes import DISK_FULL, TOO_LARGE, EncodeFailed, ResultIncomplete
from masterclasses.transcoding.heartbeat import BEAT
from masterclasses.transcoding.ladder import Plan
from masterclasses.transcoding.pieces import largest_file
from masterclasses.transcoding.pieceworks import SPARE_BYTES, expected_bytes

logger = logging.getLogger(__name__)
#: Beside the pictures and the MP4 file, how much sound and stills may fill.
OTHER_BYTES = 512 * 1024**2
PICTURE_BYTES = 16 * 1024**2
PICTURE_SIDE = 4096


def fetch(transcode: Transcode, job: RemoteJob, plan: Plan, folder: Path) -> list[str]:
    """Download all that was planned. Raises EncodeFailed, and LeaseLost."""
    end = facts_of(job.uuid).end
    if end is None or end.kind != RemoteEvent.Kind.DONE:
        raise ResultIncomplete
    outputs = [output for output in outputs_of(job.uuid, end).values() if is_planned(output["name"], plan)]
    check_sizes(outputs, plan)
    beat = Heartbeat(transcode, every=BEAT)
    for output in outputs:
        download(output, folder / output["name"], beat=beat)
        beat()
    for path in sorted(folder.glob("*.jpg")):
        check_picture(path)
        beat()
    write_texts(folder, plan)
    return complete_rungs(folder, plan)


def is_planned(name: str, plan: Plan) -> bool:
    """Playlists of pictures, the MP4 file and the poster are made here, as they are of our own encodes."""
    rungs = "|".join(re.escape(rung.name) for rung in plan.rungs)
    names = rf"({rungs}|audio)_(init\.mp4|\d{{5}}\.m4s)|audio\.(m3u8|m4a)|poster_\d\d\.jpg|storyboard_\d\d\.jpg"
    return re.fullmatch(names, name) is not None


def check_sizes(outputs: list[dict[str, Any]], plan: Plan) -> None:
    weights = [output["bytes"] for output in outputs]
    if max(weights, default=0) > largest_file(plan) or sum(weights) > 2 * expected_bytes(plan) + OTHER_BYTES:
        raise WrongResult(TOO_LARGE)
    room = files.free_bytes()
    if room is not None and room < sum(weights) + SPARE_BYTES:
        raise EncodeFailed(DISK_FULL, try_again=True)


def check_picture(path: Path) -> None:
    """Whether it is a JPEG picture that can be opened, and of a sane size. Raises ResultIncomplete."""
    try:
        if path.stat().st_size > PICTURE_BYTES:
            raise ResultIncomplete
        with Image.open(path, formats=["JPEG"]) as image:
            if max(image.size) > PICTURE_SIDE:
                raise ResultIncomplete
            image.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ResultIncomplete from error


def write_texts(folder: Path, plan: Plan) -> None:
    """Write anew what viewers' players read: an address in somebody else's playlist could lead anywhere."""
    (folder / stills.STORYBOARD).write_text(stills.storyboard_vtt(stills.Storyboard.of(plan), plan.seconds))
    if not plan.audio_channels:
        return
    playlist = folder / f"{sound.AUDIO}.m3u8"
    try:
        segments = playlists.segments(playlist.read_text())
    except (OSError, ValueError) as error:
        raise ResultIncomplete from error
    here = {path.name for path in folder.glob(f"{sound.AUDIO}_*.m4s")}
    init = f"{sound.AUDIO}_init.mp4"
    if not segments or {name for name, _seconds in segments} != here or not (folder / init).exists():
        raise ResultIncomplete
    playlist.write_text(playlists.media(init, segments))


def complete_rungs(folder: Path, plan: Plan) -> list[str]:
    """The names of all rungs: one that is missing was promised, and is missed. Raises ResultIncomplete."""
    names = [rung.name for rung in plan.rungs]
    for name in names:
        if not (folder / f"{name}_init.mp4").exists() or not (folder / f"{name}_00000.m4s").exists():
            logger.warning("The remote encoder says that it is done, but made nothing of %s.", name)
            raise ResultIncomplete
    return names
