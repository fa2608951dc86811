"""Writing down what a person has played of a part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from careers import actions as careers
from careers.models import Completion
from careers.progress.withdrawals import taken_back_at
from masterclasses.models import PartPage, WatchCoverage
from masterclasses.watching import ledger
from masterclasses.watching.beats import Beat, Refusal
from masterclasses.watching.film import Film, film_of, is_enough
from masterclasses.watching.intervals import Span, clip, total, union
from masterclasses.watching.plausibility import judge
from masterclasses.watching.sessions import Session

if TYPE_CHECKING:
    from accounts.models import User


@dataclass
class Receipt:
    """What became of beats, by their sequence numbers, and the coverage as it is now, if there is any."""

    coverage: WatchCoverage | None
    taken: list[int] = field(default_factory=list)
    known: list[int] = field(default_factory=list)
    refused: dict[int, Refusal] = field(default_factory=dict)


@transaction.atomic(savepoint=False)
def record_beats(*, person: User, part: PartPage, session: Session, beats: Sequence[Beat]) -> Receipt:
    """Add to the ledger those beats that are new and can be true, and complete the part when the union is enough.

    May be repeated, in any order, by many at once. `part` has its video and the published encode at hand.
    """
    coverage = ledger.take(person=person.pk, part=part.pk)
    receipt = Receipt(coverage)
    known, used = ledger.session_so_far(coverage, session.name, {beat.sequence for beat in beats})
    now, length, new = timezone.now(), film_of(part).length, []
    for beat in (sent.within(length) for sent in beats):
        if beat.sequence in known:
            receipt.known.append(beat.sequence)
        elif reason := judge(beat, began=session.began, used=used, now=now.timestamp()):
            receipt.refused[beat.sequence] = reason
        else:
            used = used.and_also(beat)
            known.add(beat.sequence)
            new.append(beat)
    ledger.write(coverage, session.name, new)
    receipt.taken = [beat.sequence for beat in new]
    absorb(coverage, person=person, part=part, spans=[(beat.start, beat.end) for beat in new])
    if new and coverage.watched_at and taken_back_at(person, part.pk):
        careers.complete(person=person, page=part, how=Completion.How.WATCHED)
    return receipt


def absorb(coverage: WatchCoverage, *, person: User, part: PartPage, spans: Iterable[Span]) -> None:
    """Add spans, which are in the ledger, to a coverage that was taken; complete the part once it is enough."""
    film, before = film_of(part), union(coverage.spans)
    together = union(before, spans)
    if together == before and coverage.source == film.source and coverage.length == film.length:
        return
    note_film(coverage, film)
    coverage.spans = together
    coverage.seconds = total(clip(together, film.length))
    coverage.updated_at = timezone.now()
    enough_now = coverage.watched_at is None and is_enough(together, film)
    if enough_now:
        coverage.watched_at = coverage.updated_at
    coverage.save()
    if enough_now:
        careers.complete(person=person, page=part, how=Completion.How.WATCHED)


@transaction.atomic
def settle_coverage(*, person: User, part: PartPage) -> bool:
    """Complete the part if what was played is enough of it as it is now; say whether it was."""
    coverage, film = ledger.take(person=person.pk, part=part.pk), film_of(part)
    if not is_enough(coverage.spans, film):
        return False
    note_film(coverage, film)
    coverage.seconds = total(clip(coverage.spans, film.length))
    coverage.watched_at = coverage.watched_at or timezone.now()
    coverage.save()
    return careers.complete(person=person, page=part, how=Completion.How.WATCHED) is not None


def note_film(coverage: WatchCoverage, film: Film) -> None:
    """Keep what the film is, and, when it took the place of one of another length, since when and up to where."""
    if coverage.source and coverage.source != film.source and not film.is_like(coverage.length):
        coverage.replaced_at = film.since or timezone.now()
        coverage.kept_to = min(coverage.length, film.length)
    coverage.source, coverage.length = film.source, film.length
