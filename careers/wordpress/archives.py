"""Pictures in an archive of a site's folder of uploads."""

from __future__ import annotations

import zipfile
from typing import IO
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _

from careers.wordpress.opening import BROKEN, MOST_MEMBERS
from home.web.errors import TooMuch

FOLDER = "uploads/"


class UploadsArchive:
    """Looks files up by the end of their path: `2019/04/plan.jpg`, in whatever folder the archive has them."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._archive = zipfile.ZipFile(file)
        members = self._archive.infolist()[:MOST_MEMBERS]
        self._members = {_ending(member.filename): member for member in members if not member.is_dir()}

    def close(self) -> None:
        self._archive.close()
        self._file.close()

    def read(self, address: str, *, most: int) -> bytes | None:
        """The file that stood at this address, or None. Raises TooMuch."""
        member = self._members.get(_ending(unquote(urlsplit(address).path)))
        if member is None:
            return None
        try:
            with self._archive.open(member) as stream:
                data = stream.read(most + 1)
        except BROKEN:
            return None
        if len(data) > most:
            raise TooMuch(_("It is larger than %(limit)d MB.") % {"limit": most // (1024 * 1024)})
        return data


def _ending(path: str) -> str:
    return path.rpartition(FOLDER)[2].lstrip("/").lower()
