"""Rows of the ledger and of what follows from it. Called inside a transaction, by whoever has taken the coverage."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime

from django.db.models import F, FloatField, Max, QuerySet, Sum

from masterclasses.models import WatchBeat, WatchCoverage
from masterclasses.watching.beats import Beat
from masterclasses.watching.plausibility import Used


def take(*, person: int, part: int) -> WatchCoverage:
    """Return the coverage, made if need be, which nobody else changes until the transaction ends.

    The first thing written takes the row, which holds on every database: PostgreSQL lets others wait for the row,
    SQLite for the file.
    """
    mine = WatchCoverage.objects.filter(person=person, part=part)
    if not mine.update(version=F("version") + 1):
        WatchCoverage.objects.get_or_create(person_id=person, part_id=part)
        mine.update(version=F("version") + 1)
    return mine.get()


def beats_of(coverage: WatchCoverage) -> QuerySet[WatchBeat]:
    return WatchBeat.objects.filter(person=coverage.person_id, part=coverage.part_id)


def known(coverage: WatchCoverage, session: str, sequences: Collection[int]) -> set[int]:
    """Those of the sequence numbers that the ledger has."""
    rows = beats_of(coverage).filter(session=session, sequence__in=sequences)
    return set(rows.values_list("sequence", flat=True))


def used_by(coverage: WatchCoverage, session: str) -> Used:
    wall = Sum((F("end") - F("start")) / F("rate"), output_field=FloatField())
    found = beats_of(coverage).filter(session=session).aggregate(wall=wall, latest=Max("measured_at"))
    return Used(found["wall"], found["latest"].timestamp()) if found["latest"] else Used()


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
