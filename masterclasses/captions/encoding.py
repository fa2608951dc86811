"""From the bytes of a file to its text: UTF-8, UTF-16 with a mark, and Windows-1252 where it can be nothing else."""

from __future__ import annotations

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_LE

from django.template.defaultfilters import filesizeformat

from masterclasses.captions.problems import Problem, Refused

MAX_BYTES = 1024 * 1024
#: In no language that Windows-1252 can write are more of the letters accented; in Cyrillic read as such nearly all are.
MOST_ACCENTED = 0.3
WINDOWS = "Windows-1252"


def check_size(size: int) -> None:
    """Raises Refused."""
    if size > MAX_BYTES:
        values = {"size": filesizeformat(size), "limit": filesizeformat(MAX_BYTES)}
        raise Refused(Problem("too_big", values=values))


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding. Raises Refused."""
    check_size(len(data))
    if not data.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise Refused(Problem("empty"))
    name = _marked(data)
    try:
        if name:
            return data.decode(name).removeprefix("\ufeff"), name.upper()
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as error:
        if name:
            raise _unknown(data, error.start) from error
        return _windows(data, error.start), WINDOWS


def _marked(data: bytes) -> str:
    """The encoding that a byte order mark names; UTF-32, whose mark begins like UTF-16's, is read by nobody."""
    if data.startswith(BOM_UTF8):
        return "utf-8"
    if data.startswith(BOM_UTF16_BE) or (data.startswith(BOM_UTF16_LE) and not data.startswith(BOM_UTF32_LE)):
        return "utf-16"
    return ""


def _windows(data: bytes, odd: int) -> str:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise _unknown(data, error.start) from error
    letters = [letter for letter in text if letter.isalpha()]
    accented = sum(letter > "\x7f" for letter in letters)
    if not letters or accented > MOST_ACCENTED * len(letters) or "\0" in text:
        raise _unknown(data, odd)
    return text


def _unknown(data: bytes, where: int) -> Refused:
    return Refused(Problem("encoding", data.count(b"\n", 0, where) + 1))
