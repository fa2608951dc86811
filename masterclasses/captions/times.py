"""Times of captions: whole milliseconds inside, three notations outside (WebVTT 4.1, SubRip, and for people)."""

from __future__ import annotations

import re

_WEBVTT = re.compile(r"(?:(?P<h>[0-9]{2}):)?(?P<m>[0-5][0-9]):(?P<s>[0-5][0-9])\.(?P<ms>[0-9]{3})")
_SRT = re.compile(r"(?P<h>[0-9]{1,2}):(?P<m>[0-5]?[0-9]):(?P<s>[0-5]?[0-9])[,.](?P<ms>[0-9]{1,3})")
ARROW = "-->"


def read_time(text: str, *, srt: bool = False) -> int | None:
    """Milliseconds, or None for what is no time in that notation."""
    found = (_SRT if srt else _WEBVTT).fullmatch(text)
    if not found:
        return None
    hours, minutes, seconds = (int(found[name] or 0) for name in ("h", "m", "s"))
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + int(found["ms"].ljust(3, "0"))


def read_times(line: str, *, srt: bool = False) -> tuple[int, int, str] | None:
    """Start, end and what follows them on a line with an arrow, or None."""
    left, _arrow, right = line.partition(ARROW)
    ends, _space, rest = right.strip().partition(" ") if " " in right.strip() else right.strip().partition("\t")
    start, end = read_time(left.strip(), srt=srt), read_time(ends, srt=srt)
    return None if start is None or end is None else (start, end, rest.strip())


def write_time(milliseconds: int) -> str:
    """As WebVTT wants it: 62500 is 00:01:02.500."""
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


def show_time(milliseconds: float) -> str:
    """For people: 62500 is 1:02, 3662500 is 1:01:02."""
    seconds = int(milliseconds // 1000)
    hours = f"{seconds // 3600}:{seconds // 60 % 60:02}" if seconds >= 3600 else f"{seconds // 60}"
    return f"{hours}:{seconds % 60:02}"
