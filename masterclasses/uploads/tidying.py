"""Removing what uploads leave behind."""

from __future__ import annotations

from datetime import datetime, timedelta

from masterclasses.models import Upload
from masterclasses.uploads import actions, disk

#: What has ended stays on its owner's list for so long.
REMEMBERED = timedelta(days=7)
#: A file may be a moment older than its row's commit.
GRACE = timedelta(hours=1)


def tidy_uploads(now: datetime) -> int:
    """Expire, forget, and remove files that belong to no open upload. Return how many were expired or removed."""
    expired = actions.expire(now)
    Upload.objects.exclude(state__in=Upload.OPEN).filter(changed_at__lt=now - REMEMBERED).delete()
    return expired + remove_strays(now)


def remove_strays(now: datetime) -> int:
    known = {str(uuid) for uuid in Upload.objects.open().values_list("uuid", flat=True)}
    oldest = (now - GRACE).timestamp()
    strays = [path for path in disk.folder().iterdir() if path.name not in known and path.stat().st_mtime < oldest]
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)
