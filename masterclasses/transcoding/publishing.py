"""From finished pieces to what viewers get: collected, joined, verified, put in place by one rename, then said."""

from __future__ import annotations

import logging
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from jobs.actions import LeaseLost, finish
from jobs.running import Heartbeat
from masterclasses import signals
from masterclasses.models import Piece, Rendition, Transcode
from masterclasses.models.video import MASTER_PLAYLIST
from masterclasses.transcoding import files, joining, playlists, sound, stages
from masterclasses.transcoding.backends import get_encoder
from masterclasses.transcoding.heartbeat import BEAT
from masterclasses.transcoding.ladder import Plan, Rung, mp4_rung
from masterclasses.transcoding.pieces import token_of
from masterclasses.transcoding.verify import Output, verify

logger = logging.getLogger(__name__)


def publish(transcode: Transcode) -> None:
    """Publish what is complete, and park again or finish. Raises EncodeFailed, and LeaseLost."""
    plan, name = Plan.from_json(transcode.plan), f"{transcode.home}/{token_of(transcode)}"
    with files.attempt_folder(transcode.home, "publish") as folder:
        rungs = plan.named(get_encoder().collect(transcode, plan, folder))
        outputs = assemble(transcode, plan, rungs, folder)
        files.place(folder, name)
    try:
        say(transcode, outputs, name)
    except LeaseLost:
        files.remove_folder(name)
        raise


def assemble(transcode: Transcode, plan: Plan, rungs: tuple[Rung, ...], folder: Path) -> list[Output]:
    """Write everything that is more than one piece's, and check the whole. Raises EncodeFailed."""
    beat = Heartbeat(transcode, every=BEAT)
    joining.join_segments(folder, plan, rungs)
    if rungs:
        joining.wrap_mp4(folder, plan, mp4_rung(rungs), progress=lambda _seconds: beat())
    joining.choose_poster(folder)
    beat()
    outputs = verify(folder, plan, rungs)
    (folder / MASTER_PLAYLIST).write_text(master(folder, plan, rungs))
    return outputs


def master(folder: Path, plan: Plan, rungs: tuple[Rung, ...]) -> str:
    """The master playlist, from what the segments weigh and the initialisation segments say."""

    def size_of(name: str) -> int:
        return (folder / name).stat().st_size

    variants = []
    for rung in rungs:
        playlist = (folder / f"{rung.name}.m3u8").read_text()
        peak, average = playlists.bandwidth(playlist, size_of)
        init = (folder / (playlists.init_segment(playlist) or "")).read_bytes()
        codec = playlists.CODECS[rung.codec](init)
        variants.append(playlists.Variant(f"{rung.name}.m3u8", rung.width, rung.height, peak, average, codec))
    audio = f"{sound.AUDIO}.m3u8" if plan.audio_channels else ""
    audio_peak = playlists.bandwidth((folder / audio).read_text(), size_of)[0] if audio else 0
    return playlists.master(variants, audio=audio, audio_peak=audio_peak, audio_channels=plan.audio_channels)


def say(transcode: Transcode, outputs: list[Output], name: str) -> None:
    """One transaction: what there is, where it is, and what is next. Raises LeaseLost.

    After any other error the files stay: the commit may have happened. The next attempt, or tidying, removes them.
    """
    is_first = transcode.watchable_at is None
    watchable_at = transcode.watchable_at or timezone.now()
    with transaction.atomic():
        Rendition.objects.filter(transcode=transcode).delete()
        Rendition.objects.bulk_create(
            Rendition(
                transcode=transcode,
                form=output.form,
                name=output.name,
                width=output.width,
                height=output.height,
                bytes=output.bytes,
                seconds=output.seconds,
            )
            for output in outputs
        )
        if Piece.objects.filter(transcode=transcode).exclude(status=Piece.Status.DONE).exists():
            stages.park(transcode, folder=name, watchable_at=watchable_at)
            if is_first:
                signals.encode_watchable.send(sender=type(transcode), transcode=transcode)
            return
        finish(transcode, folder=name, watchable_at=watchable_at, seconds_done=transcode.seconds_total)
        Piece.objects.filter(transcode=transcode).update(folder="")
        transaction.on_commit(lambda: remove_pieces(transcode), robust=True)


def remove_pieces(transcode: Transcode) -> None:
    """Once everything is published: the pieces' folders are no longer needed; their files live on in the published one.

    Folders that were published before stay for those who are in the middle of watching; tidying takes them.
    """
    removed = files.remove_matching(transcode.home, ("piece-", "attempt-"))
    logger.info("Encode %s is published; removed %d folders of pieces.", transcode.uuid, removed)
