from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """`code` for tests and programs, the rest for people: what is wrong, what to do, and where: titles or addresses."""

    code: str
    level: Level
    what: str
    advice: str
    where: tuple[str, ...] = ()


def error(code: str, what: str, advice: str, where: Iterable[str] = ()) -> Finding:
    return Finding(code, Level.ERROR, what, advice, tuple(where))


def warning(code: str, what: str, advice: str, where: Iterable[str] = ()) -> Finding:
    return Finding(code, Level.WARNING, what, advice, tuple(where))
