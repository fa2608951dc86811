"""What tus 1.0.0 says in headers, read strictly. No database, no files."""

from __future__ import annotations

import base64
import binascii
import hashlib
import unicodedata
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import PurePosixPath
from typing import Any

from django.http.request import HttpHeaders
from django.utils.translation import gettext as _

VERSION = "1.0.0"
EXTENSIONS = "creation,expiration,termination,checksum"
ALGORITHMS = ("sha256", "sha1")
BODY = "application/offset+octet-stream"
CHECKSUM_MISMATCH = 460
#: What comes in headers is short; longer ones are not read.
MOST_METADATA = 4096


class Refused(Exception):
    """The request ends with this status and these words, which a person may read."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status
        self.words = words


@dataclass(frozen=True)
class Checksum:
    algorithm: str
    digest: bytes

    def start(self) -> Any:
        return hashlib.new(self.algorithm, usedforsecurity=False)


def check_version(headers: HttpHeaders) -> None:
    if headers.get("Tus-Resumable") != VERSION:
        raise Refused(HTTPStatus.PRECONDITION_FAILED, _("This address speaks tus %(version)s.") % {"version": VERSION})


def number(headers: HttpHeaders, name: str) -> int:
    """A count of bytes. Raises Refused."""
    text = headers.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise Refused(HTTPStatus.BAD_REQUEST, _("The header %(name)s must be a number.") % {"name": name})
    return int(text)


def body_length(headers: HttpHeaders) -> int:
    """How long the body of a PATCH says it is. Raises Refused."""
    if headers.get("Content-Type", "").partition(";")[0].strip().lower() != BODY:
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, _("The content must be %(type)s.") % {"type": BODY})
    if not headers.get("Content-Length"):
        raise Refused(HTTPStatus.LENGTH_REQUIRED, _("The request must say how long it is."))
    return number(headers, "Content-Length")


def metadata(headers: HttpHeaders) -> dict[str, str]:
    """Keys and decoded values of Upload-Metadata. Raises Refused."""
    text = headers.get("Upload-Metadata", "")
    if len(text) > MOST_METADATA:
        raise Refused(HTTPStatus.BAD_REQUEST, _("The names of this file are too long."))
    found: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in text.split(","))):
        key, _space, value = pair.partition(" ")
        try:
            found[key] = base64.b64decode(value, validate=True).decode()
        except ValueError as error:
            raise Refused(HTTPStatus.BAD_REQUEST, _("The header Upload-Metadata cannot be read.")) from error
    return found


def checksum(headers: HttpHeaders) -> Checksum | None:
    """What the body of a PATCH must add up to, if it says so. Raises Refused."""
    text = headers.get("Upload-Checksum", "")
    if not text:
        return None
    algorithm, _space, value = text.partition(" ")
    try:
        digest = base64.b64decode(value, validate=True)
    except binascii.Error:
        digest = b""
    if algorithm not in ALGORITHMS or not digest:
        raise Refused(HTTPStatus.BAD_REQUEST, _("The header Upload-Checksum cannot be read."))
    return Checksum(algorithm, digest)


def clean_words(text: str, *, otherwise: str = "") -> str:
    """Somebody else's name for a thing, as one line of at most 255 characters.

    Control characters go, and with them those that turn the direction of writing and so disguise an ending.
    """
    kept = "".join(" " if unicodedata.category(letter) in {"Cc", "Zl", "Zp"} else letter for letter in text)
    kept = "".join(letter for letter in kept if unicodedata.category(letter) not in {"Cf", "Cs", "Co"})
    return " ".join(kept.split())[:255].strip() or otherwise


def file_name(text: str) -> str:
    """The name alone, whatever path it came with."""
    return clean_words(PurePosixPath(text.replace("\\", "/")).name, otherwise="video")


def title_of(name: str) -> str:
    """A file's name as a first title: without its ending."""
    return clean_words(PurePosixPath(name).stem.replace("_", " "), otherwise=name)
