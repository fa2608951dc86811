"""A row of the section "reading" as a browser kept it, and what of it can be believed."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from careers.progress.recording import Report
from careers.progress.sections import Row

#: A clock may be this wrong; whatever comes from further ahead is nobody's.
AHEAD = timedelta(days=1)
#: Nothing is older than this, by years.
EARLIEST = datetime(2020, 1, 1, tzinfo=UTC)
LARGEST_KEY = 2**63 - 1
_KEY = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class KeptPage:
    """What a browser knows of one page: how it was read, and when it was marked or opened."""

    page_id: int
    report: Report | None
    marked_at: datetime | None
    opened_at: datetime | None


def kept_pages(rows: Sequence[Row], now: datetime) -> list[KeptPage]:
    """The rows that make sense, the last one of each page; the others are dropped."""
    understood = [found for row in rows if (found := kept_page(row, now))]
    return list({found.page_id: found for found in understood}.values())


def kept_page(row: Row, now: datetime) -> KeptPage | None:
    """Read a row: page, key, began, at (milliseconds), seconds, first, share; marked and opened where they are."""
    page_id, key = row.get("page"), row.get("key")
    if not isinstance(page_id, int) or isinstance(page_id, bool) or not 0 < page_id <= LARGEST_KEY:
        return None
    marked, opened = _moment(row.get("marked"), now), _moment(row.get("opened"), now)
    report = _report(row, now) if isinstance(key, str) and _KEY.fullmatch(key) else None
    return KeptPage(page_id, report, marked, opened) if report or marked or opened else None


def _report(row: Row, now: datetime) -> Report | None:
    """The sitting that a row tells of; nobody's clock bounds it but the browser's own."""
    began, at = _moment(row.get("began"), now), _moment(row.get("at"), now)
    seconds, first, share = (_number(row.get(name)) for name in ("seconds", "first", "share"))
    if began is None or at is None or seconds is None or first is None or share is None or began > at:
        return None
    bounded = min(seconds, (at - began).total_seconds())
    return Report(str(row["key"]), began, at, bounded, min(first, 1.0), min(share, 1.0))


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        return None
    return float(value) if math.isfinite(value) and value < 1e15 else None


def _moment(value: Any, now: datetime) -> datetime | None:
    """A time in milliseconds since 1970; a clock that is ahead is taken for now."""
    number = _number(value)
    if number is None or not EARLIEST.timestamp() * 1000 <= number <= (now + AHEAD).timestamp() * 1000:
        return None
    return min(datetime.fromtimestamp(number / 1000, tz=UTC), now)
