"""The one gate for captions: what an editor chose or typed, read, checked and written as WebVTT."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from masterclasses.captions import encoding, reading, rules, writing
from masterclasses.captions.problems import Problem, Refused
from masterclasses.captions.reading import ReadCue


@dataclass(frozen=True)
class Captions:
    """`text` is what was given, as far as it could be read; `webvtt` is what is kept of it when there are no errors."""

    text: str = ""
    webvtt: str = ""
    cues: list[ReadCue] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    encoding: str = "UTF-8"
    srt: bool = False

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.is_error]

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self.problems if not problem.is_error]


def take_file(data: bytes) -> Captions:
    """Captions from the bytes of a file; whatever they are, no exception."""
    try:
        text, name = encoding.decode(data)
    except Refused as refused:
        return Captions(problems=[refused.problem])
    return _take(text, name)


def take_text(text: str) -> Captions:
    """Captions from a text field."""
    try:
        encoding.check_size(len(text.encode("utf-8", "surrogatepass")))
    except Refused as refused:
        return Captions(text=text, problems=[refused.problem])
    return _take(text, "UTF-8")


def _take(text: str, name: str) -> Captions:
    try:
        found = reading.read(text)
    except Refused as refused:
        return Captions(text=text, problems=[refused.problem], encoding=name)
    problems = in_order([*found.problems, *rules.check(found.cues)])
    return Captions(text, writing.write(found.blocks), found.cues, problems, name, found.srt)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: problem.line)
