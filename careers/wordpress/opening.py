"""The XML inside the file that was uploaded: as it is, or packed with gzip or zip."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from django.utils.translation import gettext as _

from careers.wordpress.errors import NotAnExport

PIECE = 64 * 1024
#: Bytes of XML, unpacked.
MOST_XML = 1024**3
MOST_MEMBERS = 50_000
BROKEN = (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError)


def pieces_of(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the XML piece by piece, so that memory stays flat. Raises NotAnExport."""
    taken = 0
    try:
        with _unpacked(file) as stream:
            while piece := stream.read(PIECE):
                taken += len(piece)
                if taken > MOST_XML:
                    raise NotAnExport(_("Unpacked it is larger than %(limit)d MB.") % {"limit": MOST_XML // 1024**2})
                yield piece
    except BROKEN as error:
        raise NotAnExport(_("It is packed, and the packing is damaged.")) from error
    if not taken:
        raise NotAnExport(_("The file is empty."))


@contextmanager
def _unpacked(file: IO[bytes]) -> Iterator[IO[bytes]]:
    head = file.read(4)
    file.seek(0)
    if head[:2] == b"\x1f\x8b":
        with gzip.open(file) as stream:
            yield stream  # type: ignore[misc]  # a GzipFile reads bytes
    elif head == b"PK\x03\x04":
        with zipfile.ZipFile(file) as archive, archive.open(_export_in(archive)) as stream:
            yield stream
    else:
        yield file


def _export_in(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise NotAnExport(_("The archive has more than %(limit)d files.") % {"limit": MOST_MEMBERS})
    exports = [member for member in members if member.filename.lower().endswith((".xml", ".wxr"))]
    if not exports:
        raise NotAnExport(_("The archive has no XML file in it."))
    return max(exports, key=lambda member: member.file_size)
