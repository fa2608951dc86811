"""In which order a reader is told things, and which of them. No database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from math import inf

from digests.editions.calendar import GATHERS
from digests.periods import Rhythm
from digests.selection.candidates import Candidate
from digests.selection.plans import Plan
from digests.selection.readers import Reader

#: More than this is a list, not a letter; the rest is in the library.
MOST_ITEMS = 8
#: Of masterclasses that the reader follows, beside the others.
MOST_PARTS = 3


def rank(reader: Reader, plan: Plan, pool: Sequence[Candidate], *, now: datetime) -> list[int]:
    """Return ids: pins, then what the editor placed, then what is fresh, and among equals what is near to their paths.

    Fresh is what came out since the period before; older is what had no room then.
    """
    areas = reader.area_ids
    known = reader.done | plan.left_out
    readable = [page for page in pool if page.language == reader.language and page.pk not in known]
    mine = [page for page in readable if page.areas & areas]
    wanted = [page for page in mine if _is_pinned(page, reader, plan) or page.is_new(since=reader.since, now=now)]
    fresh_since = now - GATHERS[Rhythm(reader.rhythm)]

    def key(page: Candidate) -> tuple[float, float, bool, bool, int, int]:
        return (
            plan.pins.get(page.pk, inf) if _is_pinned(page, reader, plan) else inf,
            plan.places.get(page.pk, inf),
            not page.is_new(since=fresh_since, now=now),
            page.pk not in reader.ahead.page_ids,
            -page.day.toordinal(),
            -page.pk,
        )

    return [page.pk for page in sorted(wanted, key=key)[:MOST_ITEMS]]


def parts_for(reader: Reader, plan: Plan, parts: Sequence[Candidate], *, now: datetime) -> list[int]:
    """Return the ids of new parts of masterclasses that the reader follows and has not watched."""
    mine = [
        part.pk
        for part in parts
        if part.place.startswith(reader.followed)
        and part.is_new(since=reader.since, now=now)
        and part.pk not in reader.done | plan.left_out
    ]
    return mine[:MOST_PARTS]


def _is_pinned(page: Candidate, reader: Reader, plan: Plan) -> bool:
    """A pin shows even what is not new, but nobody the same thing twice running."""
    return page.pk in plan.pins and page.pk not in reader.told
