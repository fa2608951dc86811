"""What the ledger must say after a drill, asked of a model that knows no unions: the tenths of a second, painted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from careers.models import Completion
from careers.progress.verifying import verify
from masterclasses.models import PartPage, WatchBeat, WatchCoverage
from portal.drills.result import MOST_SHOWN, Check
from portal.drills.viewers import LENGTH, Viewer

Watched = list[tuple[int, Viewer]]
ENOUGH = 0.9


def truth_checks(part: PartPage, watched: Watched) -> list[Check]:
    """Each promise, of every person and what they have really played."""
    checks: tuple[tuple[str, Callable[[PartPage, Watched], Iterator[str]]], ...] = (
        ("every coverage is what was really played", _coverage),
        ("no beat is lost, none is doubled, none is made up", _beats),
        ("verifying anew finds no drift", _drift),
        ("who has played nine tenths is done, once, and nobody else", _completions),
    )
    return [Check(promise, list(found(part, watched))[:MOST_SHOWN]) for promise, found in checks]


def _coverage(part: PartPage, watched: Watched) -> Iterator[str]:
    rows = {row.person_id: row for row in WatchCoverage.objects.filter(part=part)}
    for person, viewer in watched:
        row = rows.get(person)
        if row is None or _painted(row.spans) != viewer.painted:
            yield f"viewer {viewer.number}: {row.spans if row else 'nothing'} in place of {viewer.seconds:.1f} s"
        elif abs(row.seconds - viewer.seconds) > 0.01:
            yield f"viewer {viewer.number}: {row.seconds} s in place of {viewer.seconds:.1f}"


def _beats(part: PartPage, watched: Watched) -> Iterator[str]:
    found: dict[int, list[tuple[str, int]]] = {}
    for person, session, sequence in WatchBeat.objects.filter(part=part).values_list("person", "session", "sequence"):
        found.setdefault(person, []).append((session, sequence))
    for person, viewer in watched:
        own = found.get(person, [])
        if len(own) != len(viewer.sent):
            yield f"viewer {viewer.number}: {len(own)} beats in the ledger, {len(viewer.sent)} were played"
        elif sorted(number for _session, number in own) != sorted(number for _session, number in viewer.sent):
            yield f"viewer {viewer.number}: the ledger has other beats than were played"


def _completions(part: PartPage, watched: Watched) -> Iterator[str]:
    done = set(Completion.objects.filter(page=part.pk, how=Completion.How.WATCHED).values_list("person", flat=True))
    for person, viewer in watched:
        if (viewer.seconds >= ENOUGH * LENGTH) != (person in done):
            yield f"viewer {viewer.number}: {viewer.seconds:.1f} s played, {'done' if person in done else 'not done'}"


def _drift(_part: PartPage, _watched: Watched) -> Iterator[str]:
    """What `manage.py progress verify` would say."""
    for kind, pairs in verify().drift.items():
        if pairs:
            yield f"{kind}: {len(pairs)}, the first of person {pairs[0][0]} on page {pairs[0][1]}"


def _painted(spans: Iterable[Iterable[float]]) -> set[int]:
    return {tenth for start, end in spans for tenth in range(round(start * 10), round(end * 10))}
