"""Every change of an upload. Who writes or checks holds the row by a token; each of their changes asks for it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from http import HTTPStatus
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Collection

from jobs.actions import fit
from masterclasses.models import Upload, Video
from masterclasses.uploads import disk
from masterclasses.uploads.protocol import Checksum, Refused
from masterclasses.uploads.rules import check_limits
from masterclasses.uploads.writer import NOBODY, Writer

State = Upload.State
#: How long a check may take before it is thought dead: a probe takes 20 s at most.
CHECK_LEASE = timedelta(minutes=2)


@transaction.atomic
def create(
    *,
    owner: Any,
    collection: Collection,
    length: int,
    file_name: str,
    title: str,
    fingerprint: str = "",
    replaces: Video | None = None,
) -> Upload:
    """Make room for a file that is about to come. Raises Refused when a limit is against it."""
    check_limits(owner=owner, collection=collection, length=length, replaces=replaces)
    return Upload.objects.create(
        owner=owner,
        collection=collection,
        length=length,
        file_name=file_name,
        title=title,
        fingerprint=fingerprint[:64],
        replaces=replaces,
        expires_at=timezone.now() + Upload.keep_for,
    )


def receive(
    *, upload: Upload, offset: int, read: Callable[[int], bytes], length: int, checksum: Checksum | None = None
) -> None:
    """Append up to `length` bytes from `read`. What arrived before the line was cut is kept.

    Raises Refused: 409 when another request is writing, has taken over or has given up, or when
    `offset` is not where the file ends; 460 when the bytes do not add up to `checksum`, and then none of them is kept.
    OSError when the disk takes no more.
    """
    writer = Writer(upload, offset)
    try:
        writer.append(read, length, checksum)
    finally:
        kept = writer.end()
    if not kept:
        raise Refused(HTTPStatus.CONFLICT, _("This file was continued or cancelled in another window."))
    upload.refresh_from_db()


def recover(upload: Upload) -> None:
    """Let the row say what is on the disk. They differ when a process died while it was receiving."""
    truth = min(disk.size_of(upload), upload.length)
    if not upload.receiving or truth == upload.offset:
        return
    state = State.CHECKING if truth == upload.length else State.RECEIVING
    idle = Upload.objects.receiving().free(timezone.now()).filter(pk=upload.pk, offset=upload.offset)
    idle.update(offset=truth, state=state, **NOBODY)
    upload.refresh_from_db()


@transaction.atomic
def discard(upload: Upload) -> None:
    """Forget an upload and its bytes. Raises Refused while the file is being checked."""
    gone, _rows = Upload.objects.filter(pk=upload.pk).exclude(state=State.CHECKING).delete()
    if not gone:
        raise Refused(HTTPStatus.CONFLICT, _("This file is being checked; wait a moment."))
    transaction.on_commit(partial(disk.remove, upload), robust=True)


def claim_check(pk: int) -> Upload | None:
    """Take hold of a complete file that nobody is checking, and count the attempt. None when there is none."""
    now, token = timezone.now(), uuid.uuid4()
    idle = Upload.objects.filter(pk=pk, state=State.CHECKING).free(now)
    if not idle.update(writer=token, writer_until=now + CHECK_LEASE, attempts=F("attempts") + 1):
        return None
    return Upload.objects.select_related("owner", "collection", "replaces").get(pk=pk)


def end_check(upload: Upload, state: str, *, reason: str = "") -> bool:
    """Done or refused, if `upload` still has its hold; return whether it had."""
    changed = held(upload).update(state=state, reason=fit(reason), changed_at=timezone.now(), **NOBODY)
    return bool(changed)


def refuse(upload: Upload, reason: str) -> None:
    """The file cannot become a video: `reason` says why and what to do. Its bytes go."""
    if end_check(upload, State.REFUSED, reason=reason):
        disk.remove(upload)
        default_storage.delete(upload.source_name)


def hold_for(upload: Upload, wait: timedelta) -> None:
    """Nobody else tries before `wait` is over: because this attempt takes long, or because it failed."""
    held(upload).update(writer_until=timezone.now() + wait)


def held(upload: Upload) -> Any:
    return Upload.objects.filter(pk=upload.pk, state=State.CHECKING, writer=upload.writer)


def expire(now: datetime) -> int:
    """End uploads whose next byte never came, and return how many."""
    late = Upload.objects.receiving().free(now).filter(expires_at__lt=now)
    count = 0
    for upload in late:
        if late.filter(pk=upload.pk).update(state=State.EXPIRED, reason=too_late(), changed_at=now, **NOBODY):
            disk.remove(upload)
            count += 1
    return count


def too_late() -> str:
    return _("The rest of the file did not come in time, so the part that had arrived was removed. Upload it again.")
