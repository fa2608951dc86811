"""Reading WebVTT (W3C, 2019) and SubRip text, with the line of everything that is wrong.

The readers of webvtt-py, pysubs2 and srt pass over what they do not understand, or name no line; editors need the line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from masterclasses.captions import markup
from masterclasses.captions.problems import Problem, Refused, quoted
from masterclasses.captions.times import ARROW, read_times

_LINE_END = re.compile(r"\r\n|\r|\n")
_SETTINGS = {
    "vertical": re.compile(r"rl|lr"),
    "line": re.compile(r"-?\d{1,4}(\.\d{1,4})?%?(,(start|center|end))?"),
    "position": re.compile(r"\d{1,3}(\.\d{1,4})?%(,(line-left|center|line-right))?"),
    "size": re.compile(r"\d{1,3}(\.\d{1,4})?%"),
    "align": re.compile(r"start|center|end|left|right"),
}
Lines = list[tuple[int, str]]


@dataclass(frozen=True)
class ReadCue:
    """One caption: milliseconds, clean WebVTT, and the line of its times."""

    start: int
    end: int
    payload: str
    line: int = 0
    identifier: str = ""
    settings: str = ""

    @property
    def text(self) -> str:
        return markup.plain(self.payload)


@dataclass
class Reading:
    """Cues and notes in their order, and everything that is wrong with the text."""

    srt: bool = False
    blocks: list[ReadCue | str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def cues(self) -> list[ReadCue]:
        return [block for block in self.blocks if isinstance(block, ReadCue)]

    def complain(self, code: str, line: int, **values: object) -> None:
        self.problems.append(Problem(code, line, values))


def read(text: str) -> Reading:
    """Read captions in either notation. Raises Refused when the text is neither."""
    lines = list(enumerate(_LINE_END.split(text.removeprefix("\ufeff")), start=1))
    blocks = list(_blocks(lines))
    if not blocks:
        raise Refused(Problem("empty"))
    reading = Reading(srt=_is_srt(blocks[0]))
    reading.problems += _control_characters(lines)
    if not reading.srt:
        blocks[0] = _after_header(blocks[0], reading)
    for block in blocks:
        for piece in _pieces(block, reading):
            _take(piece, reading)
    if not reading.cues and not any(problem.is_error for problem in reading.problems):
        reading.complain("no_cues", 0)
    return reading


def _blocks(lines: Lines) -> Iterator[Lines]:
    """The lines between blank ones."""
    for filled, block in groupby(lines, key=lambda numbered: bool(numbered[1].strip(" \t"))):
        if filled:
            yield list(block)


def _is_srt(first: Lines) -> bool:
    """Whether it begins like SubRip: a number, or times with a comma. Raises Refused when it begins like nothing."""
    words = [line.strip() for _number, line in first[:2]]
    if words[0] == "WEBVTT" or words[0].startswith(("WEBVTT ", "WEBVTT\t")):
        return False
    if (words[0].isdecimal() and len(words) > 1) or ARROW in words[0]:
        return True
    raise Refused(Problem("header", first[0][0], {"found": quoted(words[0])}))


def _control_characters(lines: Lines) -> Iterator[Problem]:
    for number, line in lines:
        odd = next((sign for sign in line if unicodedata.category(sign) == "Cc" and sign != "\t"), None)
        if odd is not None:
            yield Problem("control", number, {"found": f"U+{ord(odd):04X}"})


def _after_header(block: Lines, reading: Reading) -> Lines:
    """What follows the header's own lines without a blank line in between."""
    first = next((place for place, (_number, line) in enumerate(block) if ARROW in line), None)
    if first is None:
        return []
    reading.complain("joined", block[first][0])
    return block[first:]


def _pieces(block: Lines, reading: Reading) -> Iterator[Lines]:
    """Cut a block before every further line of times, for each begins another caption."""
    starts = [place for place, (_number, line) in enumerate(block) if ARROW in line]
    if block and block[0][1].startswith("NOTE"):
        starts = []
    cuts = []
    for place in starts[1:]:
        numbered = reading.srt and block[place - 1][1].strip().isdecimal() and place - 1 not in starts
        cuts.append(place - 1 if numbered else place)
        reading.complain("joined", block[place][0])
    edges = [0, *cuts, len(block)]
    yield from (block[first:last] for first, last in pairwise(edges))


def _take(block: Lines, reading: Reading) -> None:
    """Add what one block says: a cue, a note, or a complaint."""
    if not block:
        return
    number, first = block[0]
    place = next((place for place, (_number, line) in enumerate(block) if ARROW in line), None)
    if not reading.srt and re.match(r"NOTE(?:\s|$)", first):
        reading.blocks.append("\n".join(line for _number, line in block).replace(ARROW, "->"))
    elif not reading.srt and place is None and first.strip() in {"STYLE", "REGION"}:
        reading.complain("style", number)
    elif place is None or place > 1:
        reading.complain("no_time", number, found=quoted(first))
    else:
        _take_cue(block, place, reading)


def _take_cue(block: Lines, place: int, reading: Reading) -> None:
    number, line = block[place]
    times = read_times(line, srt=reading.srt)
    if times is None:
        reading.complain("time", number, found=quoted(line))
        return
    start, end, settings = times
    words = "\n".join(text for _number, text in block[place + 1 :])
    payload, strange = markup.clean(markup.from_srt(words) if reading.srt else words)
    for tag in strange:
        reading.complain("tag", number, found=quoted(tag))
    if not markup.plain(payload):
        reading.complain("silent", number)
        return
    identifier = block[0][1].strip() if place and not reading.srt else ""
    kept = "" if reading.srt else " ".join(_settings(settings.split(), number, reading))
    reading.blocks.append(ReadCue(start, end, payload, number, identifier, kept))


def _settings(words: Iterable[str], number: int, reading: Reading) -> Iterator[str]:
    for word in words:
        name, _colon, value = word.partition(":")
        if name in _SETTINGS and _SETTINGS[name].fullmatch(value):
            yield word
        else:
            reading.complain("setting", number, found=quoted(word))
