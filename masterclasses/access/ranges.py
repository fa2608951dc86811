"""Byte ranges (RFC 9110, section 14)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_RANGE = re.compile(r"^bytes=(\d*)-(\d*)$")
#: More digits than any file size has; more would only cost time.
LONGEST_NUMBER = 18


class Unsatisfiable(ValueError):
    """The range lies outside of the file: 416."""


@dataclass(frozen=True)
class ByteRange:
    """From `first` to `last`, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1

    def content_range(self, size: int) -> str:
        return f"bytes {self.first}-{self.last}/{size}"


def parse_range(header: str, size: int) -> ByteRange | None:
    """The one range that `header` asks for; None when it asks for none, or for something that may be ignored.

    Several ranges, other units and nonsense are ignored, as section 14.2 allows. Raises Unsatisfiable.
    """
    found = _RANGE.match(re.sub(r"\s", "", header)) if header else None
    if not found or max(map(len, found.groups())) > LONGEST_NUMBER:
        return None
    first, last = found.groups()
    if not first:
        return _suffix(last, size)
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        raise Unsatisfiable
    return ByteRange(int(first), min(int(last), size - 1) if last else size - 1)


def _suffix(length: str, size: int) -> ByteRange | None:
    if not length:
        return None
    if int(length) == 0 or size == 0:
        raise Unsatisfiable
    return ByteRange(max(0, size - int(length)), size - 1)
