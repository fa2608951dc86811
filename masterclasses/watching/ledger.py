"""Rows of the ledger and of what follows from it. Called inside a transaction, by whoever has taken the coverage."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime

from django.db.models import Count, F, FloatField, Max, Q, QuerySet, Sum

from masterclasses.models import WatchBeat, WatchCoverage
from masterclasses.watching.beats import Beat
from masterclasses.watching.plausibility import Used


def take(*, person: int, part: int) -> WatchCoverage:
    """Return the coverage, made if need be, which nobody else changes until the transaction ends.

    PostgreSQL lets others wait for the row. SQLite has no such lock and needs none: its transactions are IMMEDIATE, so
    whoever is in one is alone in writing.
    """
    mine = WatchCoverage.objects.select_for_update().filter(person=person, part=part)
    found = mine.first()
    if found is None:
        WatchCoverage.objects.get_or_create(person_id=person, part_id=part)
        found = mine.get()
    return found


def beats_of(coverage: WatchCoverage) -> QuerySet[WatchBeat]:
    return WatchBeat.objects.filter(person=coverage.person_id, part=coverage.part_id)


def session_so_far(coverage: WatchCoverage, session: str, sequences: Collection[int]) -> tuple[set[int], Used]:
    """Those of the sequence numbers that the ledger has, and what the session has used; one query if it has none."""
    rows = beats_of(coverage).filter(session=session)
    wall = Sum((F("end") - F("start")) / F("rate"), output_field=FloatField())
    again = Count("pk", filter=Q(sequence__in=sequences))
    found = rows.aggregate(wall=wall, latest=Max("measured_at"), again=again)
    known = set(rows.filter(sequence__in=sequences).values_list("sequence", flat=True)) if found["again"] else set()
    return known, Used(found["wall"], found["latest"].timestamp()) if found["latest"] else Used()


def write(coverage: WatchCoverage, session: str, beats: Iterable[Beat]) -> None:
    """Add beats whose sequence numbers are new; one that covers nothing leaves no row."""
    WatchBeat.objects.bulk_create(
        WatchBeat(
            person_id=coverage.person_id,
            part_id=coverage.part_id,
            session=session,
            sequence=beat.sequence,
            start=beat.start,
            end=beat.end,
            rate=beat.rate,
            measured_at=datetime.fromtimestamp(beat.measured, UTC),
        )
        for beat in beats
        if beat.end > beat.start
    )
