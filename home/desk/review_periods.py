"""How long each kind of content may stand before somebody looks at it again, in days."""

from __future__ import annotations

from datetime import date, timedelta

from home.models import ContentKind

YEAR, HALF_A_YEAR = 365, 182
#: What is not here is a record of its day and never grows stale: career hours, event reports, interviews.
PERIODS: dict[str, int] = {
    ContentKind.ARTICLE: YEAR,
    ContentKind.RESOURCE: HALF_A_YEAR,
    ContentKind.PATH: HALF_A_YEAR,
    ContentKind.MASTERCLASS: YEAR,
    ContentKind.PART: 2 * YEAR,
}


def next_review(kind: str, after: date) -> date | None:
    days = PERIODS.get(kind)
    return after + timedelta(days=days) if days else None
