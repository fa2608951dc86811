"""The XML inside the file that was uploaded: as it is, or packed with gzip or zip."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import PurePosixPath
from typing import IO

from django.utils.translation import gettext as _

from careers.wordpress.errors import NotAnExport

PIECE = 64 * 1024
#: Bytes of XML, unpacked.
MOST_XML = 1024**3
MOST_MEMBERS = 50_000
BROKEN = (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError)
Pieces = Iterator[bytes]


def texts_in(file: IO[bytes]) -> Iterator[tuple[str, Pieces]]:
    """Yield each XML text, by its name in the archive if it came in one, as pieces, so that memory stays flat.

    WordPress parts a large export into several files. Raises NotAnExport.
    """
    taken = 0

    def pieces(stream: IO[bytes]) -> Pieces:
        nonlocal taken
        with _damage_in_words():
            while piece := stream.read(PIECE):
                taken += len(piece)
                if taken > MOST_XML:
                    raise NotAnExport(_("Unpacked it is larger than %(limit)d MB.") % {"limit": MOST_XML // 1024**2})
                yield piece

    with _damage_in_words():
        for name, stream in _unpacked(file):
            yield name, pieces(stream)
    if not taken:
        raise NotAnExport(_("The file is empty."))


@contextmanager
def _damage_in_words() -> Iterator[None]:
    try:
        yield
    except BROKEN as error:
        raise NotAnExport(_("It is packed, and the packing is damaged.")) from error


def _unpacked(file: IO[bytes]) -> Iterator[tuple[str, IO[bytes]]]:
    head = file.read(4)
    file.seek(0)
    if head[:2] == b"\x1f\x8b":
        with gzip.open(file) as stream:
            yield "", CutOff(stream)  # type: ignore[misc]  # it reads bytes
    elif head == b"PK\x03\x04":
        with zipfile.ZipFile(file) as archive:
            for member in _exports_in(archive):
                with archive.open(member) as stream:
                    yield member.filename, stream
    else:
        yield "", file


class CutOff:
    """A packed file that may stop early: what can be unpacked is read, and the XML then shows what is missing."""

    def __init__(self, stream: gzip.GzipFile) -> None:
        self.stream = stream

    def read(self, size: int) -> bytes:
        with suppress(EOFError):
            return self.stream.read1(size)
        return b""


def _exports_in(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """All that can be an export, in the order of their names; archives of a Mac hold a shadow of each file."""
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise NotAnExport(_("The archive has more than %(limit)d files.") % {"limit": MOST_MEMBERS})
    exports = [member for member in members if _may_be_export(PurePosixPath(member.filename))]
    if not exports:
        raise NotAnExport(_("The archive has no XML file in it."))
    return sorted(exports, key=lambda member: member.filename)


def _may_be_export(path: PurePosixPath) -> bool:
    return path.suffix.lower() in {".xml", ".wxr"} and not path.name.startswith(".") and "__MACOSX" not in path.parts
