"""What can be wrong with captions, in an editor's words. Errors keep a file out; warnings only advise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

#: So many are told at once; a file that is wrong throughout is wrong for one reason.
SHOWN = 10

ERRORS = {
    "empty": gettext_lazy("This file is empty. Choose it again; perhaps it was still being saved."),
    "too_big": gettext_lazy(
        "This file is %(size)s; the limit is %(limit)s, enough for eight hours. Is it really a file of captions?"
    ),
    "encoding": gettext_lazy(
        "Line %(line)s: the portal cannot tell which letters this file is written in. Open it in your caption "
        "program or a text editor, save it with the encoding “UTF-8” and choose it again."
    ),
    "control": gettext_lazy(
        "Line %(line)s: there is an invisible control character (%(found)s). Delete it, or save the file as UTF-8."
    ),
    "header": gettext_lazy(
        "Line %(line)s: “%(found)s” is no beginning of captions. A WebVTT file begins with the word WEBVTT, an SRT "
        "file with the number of its first caption."
    ),
    "time": gettext_lazy(
        "Line %(line)s: “%(found)s” is no line of times. Write it like this: 00:01:02.500 --> 00:01:05.000"
    ),
    "no_time": gettext_lazy(
        "Line %(line)s: “%(found)s” has no times above it. If it belongs to the caption before, delete the blank line."
    ),
    "joined": gettext_lazy("Line %(line)s: a caption begins here; put a blank line before it."),
    "backwards": gettext_lazy("Line %(line)s: this caption ends at %(end)s, not after its start at %(start)s."),
    "order": gettext_lazy(
        "Line %(line)s: this caption starts at %(start)s, before the one above it (%(before)s). Put them in order."
    ),
    "beyond": gettext_lazy(
        "Line %(line)s: this caption starts at %(start)s, but the video ends at %(end)s. Do the captions belong to it?"
    ),
    "no_cues": gettext_lazy("There is no caption in this file."),
}
WARNINGS = {
    "overlap": gettext_lazy(
        "Line %(line)s: this caption starts at %(start)s, while the one above it is still shown (until %(before)s)."
    ),
    "fast": gettext_lazy("Line %(line)s: %(speed)s characters a second; up to %(limit)s can be read at ease."),
    "many_lines": gettext_lazy("Line %(line)s: %(count)s lines at once cover the picture; two are best."),
    "long": gettext_lazy("Line %(line)s: this caption stays for %(seconds)s seconds; cut it in two."),
    "past_end": gettext_lazy("Line %(line)s: this caption ends at %(end)s, after the video (%(video)s)."),
    "tag": gettext_lazy("Line %(line)s: “%(found)s” is no formatting of captions; it is shown as it is written."),
    "setting": gettext_lazy("Line %(line)s: “%(found)s” is no place for a caption; it was left out."),
    "style": gettext_lazy("Line %(line)s: the portal gives captions its own look; this block was left out."),
    "silent": gettext_lazy("Line %(line)s: this caption has no words; it was left out."),
}


@dataclass(frozen=True)
class Problem:
    """`line` counts from 1; 0 is the file as a whole."""

    code: str
    line: int = 0
    values: dict[str, Any] = field(default_factory=dict, compare=False)

    @property
    def is_error(self) -> bool:
        return self.code in ERRORS

    @property
    def words(self) -> str:
        sentence = ERRORS.get(self.code) or WARNINGS[self.code]
        return str(sentence) % {"line": self.line, **self.values}


class Refused(ValueError):
    """What was given cannot be read at all; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.words)
        self.problem = problem


def listed(problems: Iterable[Problem]) -> list[str]:
    """The first sentences, and how many more there are."""
    words = [problem.words for problem in problems]
    more = len(words) - SHOWN
    return [*words[:SHOWN], _("… and %(count)s more.") % {"count": more}] if more > 0 else words


def quoted(text: str) -> str:
    """As much of a line as makes it found again."""
    text = " ".join(text.split())
    return text if len(text) <= 50 else f"{text[:49]}…"
