"""Removing files that no row needs any more: encodes that were replaced, and what killed processes left behind."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.db.models import F, Q
from django.utils import timezone

from jobs.actions import record_tick
from masterclasses.models import Transcode, Video
from masterclasses.transcoding import files
from masterclasses.uploads.tidying import tidy_uploads

logger = logging.getLogger(__name__)
ENCODES = "videos/encodes"
SOURCES = "videos/sources"
#: Somebody may be in the middle of watching the encode that was replaced, or of uploading.
GRACE = timedelta(days=1)


def tidy(now: datetime | None = None) -> int:
    """Remove what nobody needs and return how many folders and files that were."""
    now = now or timezone.now()
    removed = tidy_encodes(now) + tidy_sources(now) + tidy_uploads(now)
    if removed:
        logger.info("Removed %d folders, files and uploads of videos that nobody needs.", removed)
    record_tick("masterclasses.tidy", now=now)
    return removed


def tidy_encodes(now: datetime) -> int:
    published = Q(video__published=F("pk"))
    lately = Q(status__in=Transcode.OPEN) | Q(finished_at__gt=now - GRACE)
    wanted = Transcode.objects.filter(lately | published)
    removed = _remove(ENCODES, keep={str(uuid) for uuid in wanted.values_list("uuid", flat=True)}, now=now)
    return removed + sum(_remove_leftovers(transcode) for transcode in wanted.filter(published).exclude(lately))


def _remove_leftovers(transcode: Transcode) -> int:
    """Of an encode that viewers get: earlier publications, and pieces kept for another attempt that nobody made."""
    try:
        folders = default_storage.listdir(transcode.home)[0]
    except FileNotFoundError:
        return 0
    gone = [name for name in folders if name != transcode.version]
    for name in gone:
        files.remove_folder(f"{transcode.home}/{name}")
    return len(gone)


def tidy_sources(now: datetime) -> int:
    return _remove(
        SOURCES, keep={name.rpartition("/")[2] for name in Video.objects.values_list("file", flat=True)}, now=now
    )


def _remove(folder: str, *, keep: set[str], now: datetime) -> int:
    """Remove the entries of `folder` that are not kept; files only once they are older than the grace."""
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return 0
    unwanted = [name for name in names if name not in keep]
    old = [name for name in unwanted if default_storage.get_modified_time(f"{folder}/{name}") < now - GRACE]
    for name in old:
        default_storage.delete(f"{folder}/{name}")
    gone = [name for name in folders if name not in keep]
    for name in gone:
        files.remove_folder(f"{folder}/{name}")
    return len(old) + len(gone)
