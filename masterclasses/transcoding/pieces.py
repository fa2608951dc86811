"""One piece of an encode, from claim to its folder: what a worker does most of the time."""

from __future__ import annotations

import logging
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext as _

from jobs.actions import LeaseLost, cancel, fail, finish, retry
from jobs.models import LeasedRow
from masterclasses.models import Piece, Transcode
from masterclasses.transcoding import commands, files, heartbeat, playlists, sound, stills
from masterclasses.transcoding.cage import GIBIBYTE, Limits
from masterclasses.transcoding.causes import CUT_OFF, EncodeFailed, ResultIncomplete
from masterclasses.transcoding.ffmpeg import find_ffmpeg
from masterclasses.transcoding.ladder import Plan
from masterclasses.transcoding.patience import Patience
from masterclasses.transcoding.planning import chunk_of
from masterclasses.transcoding.process import run_ffmpeg

logger = logging.getLogger(__name__)
TOLERANCE = 0.5  # seconds


def work_on_piece(piece: Piece) -> None:
    """Encode a claimed piece, and end its row. Raises LeaseLost."""
    transcode = piece.transcode
    if why := not_wanted(transcode):
        cancel(piece, reason=why)
        return
    plan, token = Plan.from_json(transcode.plan), token_of(piece)
    try:
        with (
            files.local_source(transcode.source_name) as source,
            files.attempt_folder(transcode.home, f"piece-{piece.pk}") as folder,
        ):
            MAKERS[Piece.Role(piece.role)](piece, plan, source, folder)
            keep(piece, folder, f"{transcode.home}/piece-{piece.pk}-{token}")
    except EncodeFailed as failure:
        logger.warning("Piece %s of encode %s, attempt %s: %s", piece.pk, transcode.uuid, piece.attempts, failure)
        (retry if failure.try_again else fail)(piece, reason=str(failure))


def not_wanted(transcode: Transcode) -> str:
    """Why nobody needs this piece any more, or nothing."""
    if transcode.video.file.name != transcode.source_name:
        return _("The file was replaced.")
    return "" if transcode.status in Transcode.OPEN else _("The encode that it belongs to has ended.")


def keep(piece: Piece, folder: Path, name: str) -> None:
    """Put the files in place, then say so; on a lost lease nothing of this attempt remains."""
    files.place(folder, name)
    try:
        finish(piece, folder=name, seconds_done=piece.seconds)
    except LeaseLost:
        files.remove_folder(name)
        raise


def make_pictures(piece: Piece, plan: Plan, source: Path, folder: Path) -> None:
    chunk, threads = chunk_of(plan, piece.start, piece.seconds), heartbeat.threads_for_one()
    run(
        piece,
        commands.video_command(find_ffmpeg().path, str(source), plan, chunk, piece.rungs, threads=threads),
        plan,
        (source, folder),
        fps=float(plan.fps),
    )
    is_last = chunk.first + chunk.frames >= plan.frames
    for name in piece.rungs:
        check_segments(folder, name, expected=piece.seconds, is_last=is_last)


def check_segments(folder: Path, name: str, *, expected: float, is_last: bool) -> None:
    """Whether what ffmpeg lists is there and long enough; the joined whole is probed before it is published.

    Raises EncodeFailed. The last piece may be a little short, for the length of a source is not known to the picture.
    """
    try:
        found = playlists.segments((folder / f"{name}.m3u8").read_text())
        whole = all((folder / segment).stat().st_size for segment, _seconds in found)
    except OSError as error:
        raise ResultIncomplete from error
    missing = expected - sum(seconds for _segment, seconds in found)
    if not whole or not found:
        raise ResultIncomplete
    if missing > (TOLERANCE if is_last else 0.01):
        raise EncodeFailed(CUT_OFF, try_again=False)
    (folder / f"{name}.m3u8").unlink()


def make_sound(piece: Piece, plan: Plan, source: Path, folder: Path) -> None:
    """Two passes; the first counts for a third of the way."""
    ffmpeg = find_ffmpeg().path
    said = run(piece, sound.measure_command(ffmpeg, str(source), plan), plan, (source, folder), share=(0, 1 / 3))
    loudness = sound.parse(said)
    run(piece, sound.sound_command(ffmpeg, str(source), plan, loudness), plan, (source, folder), share=(1 / 3, 1))
    if not (folder / sound.FILE).exists() or not (folder / f"{sound.AUDIO}.m3u8").exists():
        raise ResultIncomplete


def make_stills(piece: Piece, plan: Plan, source: Path, folder: Path) -> None:
    command = stills.stills_command(find_ffmpeg().path, str(source), plan, threads=heartbeat.threads_for_one())
    run(piece, command, plan, (source, folder))
    board = stills.Storyboard.of(plan)
    wanted = [stills.poster_name(1), *(stills.sprite_name(number + 1) for number in range(board.sprites))]
    if not all((folder / name).exists() for name in wanted):
        raise ResultIncomplete
    (folder / stills.STORYBOARD).write_text(stills.storyboard_vtt(board, plan.at(plan.frames)))


MAKERS = {Piece.Role.VIDEO: make_pictures, Piece.Role.SOUND: make_sound, Piece.Role.STILLS: make_stills}


def run(
    piece: Piece,
    command: list[str],
    plan: Plan,
    places: tuple[Path, Path],
    *,
    fps: float = 0,
    share: tuple[float, float] = (0, 1),
) -> str:
    """Run ffmpeg from one place, the source, to another, a folder; return what it said.

    The heartbeat covers `share` of the piece.
    """
    source, folder = places
    patience = Patience.for_video(max(plan.seconds, piece.seconds))
    beat, (begin, end) = heartbeat.beating(piece), share
    return run_ffmpeg(
        command,
        folder=folder,
        limits=Limits(memory=4 * GIBIBYTE, file_size=largest_file(plan), cpu_seconds=int(patience.whole) * 8, nice=10),
        patience=patience,
        seconds_total=piece.seconds,
        progress=lambda seconds: beat(min(piece.seconds, piece.seconds * begin + seconds * (end - begin))),
        fps=fps,
        reads=(source,),
    )


def largest_file(plan: Plan) -> int:
    """Bytes that no output may exceed: twice what the highest peak can fill."""
    return 64 * 1024**2 + int(plan.seconds * plan.largest.peak_kbits * 1000 / 8 * 2)


def token_of(row: LeasedRow) -> UUID:
    if row.claim_token is None:
        raise LeaseLost(f"{row._meta.label} {row.pk}")
    return row.claim_token
