"""Bytes of an export as text, whatever encoding it names and whatever it really has."""

from __future__ import annotations

import codecs
import re

from django.utils.translation import gettext as _

DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
#: What Python says of a character of which the end is missing.
CUT = frozenset({"unexpected end of data", "truncated data", "incomplete multibyte sequence"})
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


class Decoder:
    """Decodes piece by piece. Bytes that the encoding does not know are read as Windows-1252, and counted.

    What calls itself something else and is UTF-8 is read as UTF-8 (`mistaken`): no other text looks like it.
    """

    def __init__(self, head: bytes) -> None:
        self.strange = 0
        self.mistaken = False
        self._is_sure = False
        self.declared, self.encoding, self.skip = _encoding_of(head)
        self._rest = b""

    def decode(self, data: bytes, *, final: bool = False) -> str:
        data = self._rest + data[self.skip :]
        self.skip, self._rest = 0, b""
        if not self._is_sure and not data.isascii():
            self._make_sure(data)
        out: list[str] = []
        while True:
            try:
                out.append(data.decode(self.encoding))
                return "".join(out)
            except UnicodeDecodeError as error:
                out.append(data[: error.start].decode(self.encoding))
                if not final and len(data) - error.start < 4:
                    self._rest = data[error.start :]
                    return "".join(out)
                if final and error.reason in CUT:
                    return "".join(out)
                out.append(data[error.start : error.end].decode("cp1252", "replace"))
                self.strange += error.end - error.start
                data = data[error.end :]

    def _make_sure(self, data: bytes) -> None:
        self._is_sure = True
        if self.encoding not in {"utf-8", "utf-16-le", "utf-16-be"} and _is_utf8(data):
            self.encoding, self.mistaken = "utf-8", True

    def notes(self) -> list[str]:
        notes = []
        if self.mistaken:
            notes.append(_("The file calls itself %(encoding)s and is UTF-8.") % {"encoding": self.declared})
        if self.strange:
            words = _(
                "Bytes that are not %(encoding)s, as the file calls itself, were read as Windows-1252: %(count)d."
            )
            notes.append(words % {"encoding": self.declared, "count": self.strange})
        return notes


def _is_utf8(data: bytes) -> bool:
    """Whether it is valid, but for a character that is cut at the end."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return False
    return True


def _encoding_of(head: bytes) -> tuple[str, str, int]:
    """Return the name that the file gives, the encoding to read it with, and how many bytes its mark takes."""
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return encoding, encoding, len(mark)
    found = DECLARED.search(head[:1024])
    declared = found[1].decode().lower() if found else "utf-8"
    try:
        known = codecs.lookup(declared).name
    except LookupError:
        return declared, "utf-8", 0
    return declared, "utf-8" if known.startswith("utf-16") or not _is_text(known) else known, 0


def _is_text(encoding: str) -> bool:
    """Python also calls base64 and zip encodings."""
    try:
        return b"<".decode(encoding) == "<"
    except (LookupError, UnicodeError, AssertionError, ValueError):
        return False
