"""Files of the old site: from the archive that was given, or fetched one at a time."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.documents.forms import get_document_form
from wagtail.images.forms import get_image_form

from careers.wordpress.archives import UploadsArchive
from home.models import CustomImage
from home.web.addresses import parse
from home.web.errors import Unreachable, WebError
from home.web.fetching import fetch
from home.web.turns import wait_for_turn

#: Seconds between two files of one site; the site is the owner's own.
PAUSE = 1
LONGEST_WAIT = 30
#: So many questions without an answer, one after the other, and a site is left alone for a while.
MOST_SILENCE = 3


class NotTaken(Exception):
    """The file does not come along; the message says why, for people."""


def extension(address: str) -> str:
    try:
        return PurePosixPath(unquote(urlsplit(address).path)).suffix.lower().lstrip(".")
    except ValueError:
        return ""


def is_picture(address: str) -> bool:
    return extension(address) in settings.WAGTAILIMAGES_EXTENSIONS


def is_document(address: str) -> bool:
    return extension(address) in settings.WAGTAILDOCS_EXTENSIONS


class Files:
    """Where files come from. With `fetching` false, only the archive is asked."""

    def __init__(self, archive: UploadsArchive | None, *, fetching: bool) -> None:
        self.archive, self.fetching = archive, fetching
        self._silent: Counter[str] = Counter()

    def look(self, address: str) -> None:
        """Say what can be said without asking anybody. Raises NotTaken."""
        if self.archive and self.archive.read(address, most=settings.WAGTAILDOCS_MAX_UPLOAD_SIZE) is not None:
            return
        if not self.fetching:
            raise NotTaken(_("It is not in the archive, and nothing is to be fetched."))
        try:
            parse(address)
        except WebError as error:
            raise NotTaken(error.words) from error

    def data(self, address: str, *, most: int) -> bytes:
        try:
            found = self.archive.read(address, most=most) if self.archive else None
            return self._fetched(address, most) if found is None else found
        except WebError as error:
            raise NotTaken(error.words) from error

    def _fetched(self, address: str, most: int) -> bytes:
        if not self.fetching:
            raise NotTaken(_("It is not in the archive, and nothing is to be fetched."))
        host = parse(address).host
        if self._silent[host] >= MOST_SILENCE:
            raise NotTaken(_("The old site does not answer: it was not asked for this."))
        if not wait_for_turn(host, pause=PAUSE, most=LONGEST_WAIT):
            raise Unreachable(_("The site is being asked for other things."), kind="busy")
        try:
            answer = fetch(address, most=most, whole=True, seconds=60)
        except Unreachable:
            self._silent[host] += 1
            raise
        self._silent[host] = 0
        if answer.status != 200:
            raise NotTaken(_("The old site answered %(status)d.") % {"status": answer.status})
        return answer.body


def make_picture(files: Files, address: str, *, title: str, alt: str) -> CustomImage:
    """Fetch a picture and let it through the same gate as an editor's. Raises NotTaken."""
    data = files.data(address, most=settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE)
    name = file_name(address)
    form = get_image_form(CustomImage)({"title": title[:255] or name, "description": alt[:255]}, _upload(name, data))
    picture: CustomImage = _saved(form)
    return picture


def make_document(files: Files, address: str, *, title: str) -> Any:
    data = files.data(address, most=settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)
    name = file_name(address)
    return _saved(get_document_form(get_document_model())({"title": title[:255] or name}, _upload(name, data)))


def file_name(address: str) -> str:
    return PurePosixPath(unquote(urlsplit(address).path)).name[-100:] or "file"


def _upload(name: str, data: bytes) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, data)}


def _saved(form: Any) -> Any:
    if "collection" in form.fields:
        form.data = form.data | {"collection": form.fields["collection"].queryset.order_by("path").first().pk}
    if not form.is_valid():
        raise NotTaken(" ".join(str(error) for errors in form.errors.values() for error in errors))
    return form.save()
