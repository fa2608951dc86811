"""What an editor is told about captions that are saved already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from masterclasses.captions.intake import in_order, take_text
from masterclasses.captions.problems import listed
from masterclasses.captions.rules import check_length


@dataclass(frozen=True)
class CaptionsReport:
    """`errors` only when the rules or the video have changed since; `warnings` are advice. `until` in milliseconds."""

    language: str
    origin: str
    count: int
    until: int
    errors: list[str]
    warnings: list[str]


def reports_of(rows: Iterable[Any], seconds: float | None) -> list[CaptionsReport]:
    """One report for each captions row of a part whose video lasts so many seconds, if it has one."""
    return [report_of(row, seconds) for row in rows]


def report_of(row: Any, seconds: float | None) -> CaptionsReport:
    found = take_text(row.webvtt)
    beyond = check_length(found.cues, seconds=seconds) if seconds else ()
    problems = in_order([*found.problems, *beyond])
    return CaptionsReport(
        language=row.language,
        origin=row.origin,
        count=len(found.cues),
        until=max((cue.end for cue in found.cues), default=0),
        errors=listed(problem for problem in problems if problem.is_error),
        warnings=listed(problem for problem in problems if not problem.is_error),
    )
