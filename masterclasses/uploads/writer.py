"""One request's hold on the file of an upload, and the appending of bytes to it."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from http import HTTPStatus
from typing import Any, BinaryIO

from django.utils import timezone
from django.utils.translation import gettext as _

from masterclasses.models import Upload
from masterclasses.uploads import disk
from masterclasses.uploads.protocol import CHECKSUM_MISMATCH, Checksum, Refused

BLOCK = 64 * 1024
#: Without a byte for so long, another request may take over: the line of the first has been cut.
LEASE = timedelta(seconds=15)
NOBODY: dict[str, Any] = {"writer": None, "writer_until": None}


class Writer:
    """Holds the row from its making until `end`. Raises Refused with 409 when it cannot, or not any more."""

    def __init__(self, upload: Upload, offset: int) -> None:
        """`offset` must be where the file ends."""
        self.upload, self.token, self.renewed = upload, uuid.uuid4(), time.monotonic()
        now = timezone.now()
        idle = Upload.objects.receiving().free(now).filter(pk=upload.pk, expires_at__gt=now)
        if not idle.update(writer=self.token, writer_until=now + LEASE):
            raise Refused(HTTPStatus.CONFLICT, _("Another window is sending this file."))
        upload.refresh_from_db()
        self.offset = min(disk.size_of(upload), upload.length)
        if self.offset != offset:
            self.end()
            raise Refused(HTTPStatus.CONFLICT, _("%(count)s bytes have arrived so far.") % {"count": self.offset})

    def append(self, read: Callable[[int], bytes], length: int, checksum: Checksum | None) -> None:
        """Append up to `length` bytes; what arrived before the line was cut is kept, unless it has a wrong sum."""
        start, sum_so_far = self.offset, checksum.start() if checksum else None
        with disk.writing(self.upload, start) as stream:
            for block in blocks(read, length):
                self._renew()
                self._write(stream, block)
                if sum_so_far:
                    sum_so_far.update(block)
            if checksum and sum_so_far and sum_so_far.digest() != checksum.digest:
                stream.truncate(start)
                self.offset = start
                raise Refused(CHECKSUM_MISMATCH, _("A part of the file was damaged on its way and is sent again."))

    def _write(self, stream: BinaryIO, block: bytes) -> None:
        rest = memoryview(block)
        while rest:
            count = stream.write(rest)
            self.offset += count
            rest = rest[count:]

    def _renew(self) -> None:
        """A line that was thought dead may wake up: it writes only if nobody has taken its place."""
        if time.monotonic() - self.renewed < LEASE.total_seconds() / 3:
            return
        if not self._held().update(writer_until=timezone.now() + LEASE):
            raise Refused(HTTPStatus.CONFLICT, _("Another window is sending this file."))
        self.renewed = time.monotonic()

    def _held(self) -> Any:
        return Upload.objects.receiving().filter(pk=self.upload.pk, writer=self.token)

    def end(self) -> bool:
        """Write down what has arrived, and let go; return whether the row was still held.

        With its last byte the file goes on to be checked.
        """
        now = timezone.now()
        state = Upload.State.CHECKING if self.offset == self.upload.length else Upload.State.RECEIVING
        written = {"offset": self.offset, "state": state, "changed_at": now, "expires_at": now + Upload.keep_for}
        return bool(self._held().update(**written, **NOBODY))


def blocks(read: Callable[[int], bytes], length: int) -> Iterator[bytes]:
    """What `read` gives, up to `length` bytes, until the line is cut."""
    while length:
        try:
            block = read(min(BLOCK, length))
        except OSError:
            return
        if not block:
            return
        length -= len(block)
        yield block
