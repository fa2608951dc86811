"""The promises that a drill holds the pipeline to, each asked of rows, files and processes as they are afterwards."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from jobs.models import Mail, Notice
from masterclasses.models import Piece, Transcode, Video
from masterclasses.status.report import stuck, with_newest
from portal.drills.outputs import flaws_of
from portal.drills.proc import processes_with
from portal.drills.result import MOST_SHOWN, Check

#: Each pool of Celery's has a temporary folder, which a killed one leaves behind, empty.
CELERYS_OWN = "pymp-"
GONE_WITHIN = 2.0  # seconds that a killed parent's ffmpeg may still be seen


def all_checks(*, kills: int, wanted: int, redone: int, folder: Path) -> list[Check]:
    return [
        Check(f"{wanted} kills", [] if kills >= wanted else [f"only {kills}: nothing was at work"]),
        Check("every video is ready, or failed with a reason", list(_unfinished())),
        Check("nothing is stuck", list(_stuck())),
        Check("at most one piece is redone for each kill", [] if redone <= kills else [f"{redone} for {kills} kills"]),
        Check("every output is complete", list(_incomplete())),
        Check("everybody was told of each end once", list(_notices())),
        Check("no ffmpeg is left", list(_left_running(folder))),
        Check("no file is left over once it is tidied", list(_stray(folder))[:MOST_SHOWN]),
    ]


def _unfinished() -> Iterator[str]:
    for video in Video.objects.all():
        newest = video.transcodes.order_by("-pk").first()
        if newest is None:
            yield f"{video} has no encode"
        elif newest.status == "failed" and not newest.reason:
            yield f"{video} failed without a reason"
        elif newest.status not in {"done", "failed"}:
            yield f"{video} is {newest.status}, stage {newest.stage}, attempt {newest.attempts}: {newest.reason}"


def _stuck() -> Iterator[str]:
    for model in (Transcode, Piece):
        yield from (f"{row} is {row.status}" for row in model.objects.open())
    listed = with_newest(Video.objects.all()).filter(stuck(timezone.now()))
    yield from (f"{video} is in the list of stuck videos" for video in listed)


def _incomplete() -> Iterator[str]:
    for video in Video.objects.filter(transcodes__status="done").distinct():
        yield from (f"{video}: {flaw}" for flaw in flaws_of(video))


def _notices() -> Iterator[str]:
    told = Counter((subject, event.split()[0]) for subject, event in Notice.objects.values_list("subject_id", "event"))
    ends = {"done": "ready", "failed": "failed"}
    for transcode in Transcode.objects.filter(status__in=ends):
        number = told[transcode.pk, ends[transcode.status]]
        if number != 1:
            yield f"{transcode}: told {number} times that it is {transcode.status}"
    mails, sent = Notice.objects.exclude(mail=None).count(), Mail.objects.filter(status="done").count()
    if not mails == sent == Mail.objects.count():
        yield f"{mails} notices with a mail, {Mail.objects.count()} mails, {sent} of them sent"


def _left_running(folder: Path) -> list[str]:
    until = time.monotonic() + GONE_WITHIN
    while found := [words for words in processes_with(str(folder / "data")) if "ffmpeg" in words]:
        if time.monotonic() > until:
            return found
        time.sleep(0.1)
    return []


def _stray(folder: Path) -> Iterator[str]:
    """Files and folders that no row points at, in the media and in the temporary folder."""
    media = Path(settings.MEDIA_ROOT)
    sources = {media / name for name in Video.objects.values_list("file", flat=True)}
    kept = {media / name for name in Transcode.objects.exclude(folder="").values_list("folder", flat=True)}
    for path in sorted(media.rglob("*")):
        below = kept & {path, *path.parents}
        above = any(path in other.parents for other in (*kept, *sources))
        if path.name != "encodes" and path not in sources and not below and not above:
            yield str(path.relative_to(folder))
    for path in (folder / "tmp").rglob("*"):
        if not (path.name.startswith(CELERYS_OWN) and path.is_dir() and not any(path.iterdir())):
            yield str(path.relative_to(folder))
