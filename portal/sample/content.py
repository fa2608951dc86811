"""Reads the sample community's words from `portal/sample/content/`."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "content"
#: The day on which the content was written; all its dates move with today, by whole weeks.
WRITTEN_ON = date(2026, 11, 23)

Item = dict[str, Any]


@cache
def read(name: str) -> Item:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def items(folder: str) -> list[Item]:
    """Every item of a folder, with the file's name as its slug."""
    return [read(f"{folder}/{path.stem}") | {"slug": path.stem} for path in sorted((FOLDER / folder).glob("*.toml"))]


def shifted(day: date, today: date) -> date:
    """Move a date of the content so that the newest is always recent, and weekdays stay what they are."""
    return day + timedelta(weeks=(today - WRITTEN_ON).days // 7)
