"""Evenings to which a reader may come: those of their areas, soon. They go along with a digest and never make one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from digests.selection.readers import Reader
from masterclasses.evenings.listing import coming
from masterclasses.models import MasterclassPage

#: Further ahead than a monthly digest looks, so that each evening is told of in time.
AHEAD = timedelta(days=35)
MOST_EVENINGS = 3
MOST_CANDIDATES = 100


@dataclass(frozen=True)
class Coming:
    page: MasterclassPage
    areas: frozenset[int]


def coming_evenings(*, now: datetime) -> list[Coming]:
    """What is coming in any area, the next one first; two queries, one when there is nothing."""
    soon = coming(now=now).filter(event_from__lte=now + AHEAD).prefetch_related("areas")
    return [Coming(page, frozenset(area.pk for area in page.areas.all())) for page in soon[:MOST_CANDIDATES]]


def evenings_for(reader: Reader, evenings: Sequence[Coming]) -> list[MasterclassPage]:
    own = [evening.page for evening in evenings if evening.areas & reader.area_ids]
    return own[:MOST_EVENINGS]
