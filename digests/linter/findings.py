from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """`code` for tests and programs, the rest for people: what is wrong, and what to do."""

    code: str
    level: Level
    what: str
    advice: str


def error(code: str, what: str, advice: str) -> Finding:
    return Finding(code, Level.ERROR, what, advice)


def warning(code: str, what: str, advice: str) -> Finding:
    return Finding(code, Level.WARNING, what, advice)
