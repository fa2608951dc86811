"""The encoder of this portal: probes a source, cuts its encode into pieces that any worker takes, collects them."""

from __future__ import annotations

import logging
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from jobs.wakeups import wake_after_commit
from masterclasses import signals
from masterclasses.models import Piece, Transcode
from masterclasses.transcoding import files, planning, stages, stills
from masterclasses.transcoding.causes import CUT_OFF, DISK_FULL, MIXED, EncodeFailed, ResultIncomplete
from masterclasses.transcoding.ffmpeg import find_ffmpeg
from masterclasses.transcoding.ladder import Plan, mp4_rung, plan_for
from masterclasses.transcoding.probe import Probe, ProbeError, probe_file
from masterclasses.transcoding.scan import scan_file
from masterclasses.validation import REFUSALS, refusal

logger = logging.getLogger(__name__)
TOLERANCE = 0.5  # seconds
#: Containers whose header states the length, and that can be entered anywhere; in the others both are an estimate.
EXACT_CONTAINERS = ("mov", "matroska")
#: Room that must be left beside what an encode may fill.
SPARE_BYTES = 256 * 1024**2
#: Wake-ups for the pieces of one encode: each worker that answers goes on until nothing is due.
WAKE_UPS = 16


class FfmpegEncoder:
    def begin(self, transcode: Transcode) -> None:
        with files.local_source(transcode.source_name) as source:
            probe, plan, chunks = make_plan(transcode, source)
        logger.info("Encode %s: %d pieces of pictures, rungs %s", transcode.uuid, len(chunks), plan.rungs)
        with transaction.atomic():
            make_pieces(transcode, probe, plan, chunks)
            stages.park(
                transcode, probe=probe.as_json(), plan=plan.as_json(), seconds_total=plan.seconds, seconds_done=0
            )
            signals.encode_planned.send(sender=Transcode, transcode=transcode)

    def collect(self, transcode: Transcode, plan: Plan, folder: Path) -> list[str]:
        """What was published before, and on top of it what the pieces of complete waves have made."""
        if transcode.folder:
            files.collect(transcode.folder, folder, wanted=is_made)
        pieces = list(Piece.objects.filter(transcode=transcode).order_by("pk"))
        open_waves = {piece.wave for piece in pieces if piece.status != Piece.Status.DONE}
        beginnings: dict[str, bytes] = {}
        for piece in pieces:
            if piece.folder and piece.wave not in open_waves:
                files.collect(piece.folder, folder, wanted=is_made)
                check_beginnings(folder, piece.rungs, beginnings)
        return [rung.name for rung in plan.rungs if (folder / f"{rung.name}_00000.m4s").exists()]


def check_beginnings(folder: Path, rungs: list[str], known: dict[str, bytes]) -> None:
    """One initialisation segment serves all pieces of a rung, so each has the same. Raises ResultIncomplete."""
    for name in rungs:
        beginning = (folder / f"{name}_init.mp4").read_bytes()
        if known.setdefault(name, beginning) != beginning:
            raise ResultIncomplete(MIXED)


def is_made(name: str) -> bool:
    """Whether a file is of an encoder's making, and not written when it was published."""
    return name.endswith((".m4s", "_init.mp4")) or name.startswith(("audio", "poster_", "storyboard"))


def make_plan(transcode: Transcode, source: Path) -> tuple[Probe, Plan, list[planning.Chunk]]:
    """Raises EncodeFailed when the source cannot be encoded, or not now."""
    try:
        probe = Probe.from_json(transcode.probe) if transcode.probe else probe_file(source)
        scan = scan_file(source)
    except ProbeError as error:
        code = error.code if error.code in REFUSALS else "unreadable"
        raise EncodeFailed(" ".join(refusal(code).messages), try_again=False) from error
    exact = probe.container.startswith(EXACT_CONTAINERS)
    if exact and scan.seconds < probe.seconds - TOLERANCE:
        raise EncodeFailed(CUT_OFF, try_again=False)
    ffmpeg = find_ffmpeg()
    plan = plan_for(probe, scan, av1=settings.VIDEO_AV1 and ffmpeg.has("libsvtav1"), tonemap=ffmpeg.has("zscale"))
    plan = stills.planned(plan, scan.keys)
    room = files.free_bytes()
    if room is not None and room < expected_bytes(plan) + SPARE_BYTES:
        raise EncodeFailed(DISK_FULL, try_again=True)
    return probe, plan, planning.cut(plan, scan.keys, seekable=exact)


def expected_bytes(plan: Plan) -> int:
    """A cautious guess of what an encode fills: all rungs at their peak, and the MP4 file, which is written twice."""
    kbits = sum(rung.peak_kbits for rung in plan.rungs) + 2 * mp4_rung(plan.rungs).peak_kbits
    return int(plan.seconds * kbits * 1000 / 8)


def make_pieces(transcode: Transcode, probe: Probe, plan: Plan, chunks: list[planning.Chunk]) -> None:
    """Replace the pieces of an earlier plan, if there are any, with new ones, and wake workers after commit."""
    Piece.objects.filter(transcode=transcode).delete()
    wanted = planning.pieces_for(plan, chunks, source_pixels=probe.width * probe.height)
    now = timezone.now()
    made = Piece.objects.bulk_create(
        Piece(
            transcode=transcode,
            role=piece.role,
            wave=piece.wave,
            number=piece.number,
            rungs=piece.rungs,
            start=piece.start,
            seconds=piece.seconds,
            cost=piece.cost,
            rank=planning.rank_of(transcode.created_at, plan.seconds, piece.wave),
            next_try_at=now,
            created_at=now,
        )
        for piece in wanted
    )
    for piece in made[:WAKE_UPS]:
        wake_after_commit(piece)
