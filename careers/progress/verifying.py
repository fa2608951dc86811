"""Recomputes what follows from the ledger, and says where the rows say something else: the drift, which is to be 0.

A completion that today's page would not justify any more (it grew, its film was replaced) is no drift: it stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Exists, OuterRef

from careers.models import Completion, Enrolment, ReadingProgress, Withdrawal
from careers.progress.drift import CONTRADICTED, MISSING, SUMS, UNFINISHED, UNFOUNDED, Findings
from careers.progress.judging import BATCH, Pair, batches, judged
from careers.progress.rules import registered
from careers.progress.sums import sum_up


def verify() -> Findings:
    """Judge everything anew; writes nothing."""
    findings = Findings()
    looks: list[Callable[[Findings], None]] = [_missing, _unfounded, _sums, _contradicted, _unfinished]
    for look in looks:
        look(findings)
    return findings


def _missing(findings: Findings) -> None:
    findings.note(MISSING, 0, ())
    for rule in {id(rule): rule for rule in registered().values()}.values():
        for some in batches(rule.known_pairs()):
            undone = set(some) - _completed(some)
            if not getattr(rule, "heeds_withdrawals", False):
                undone -= _withdrawn(undone)
            found = [(person.pk, page.pk) for person, page, verdict in judged(undone) if verdict.complete]
            findings.note(MISSING, len(some), found)


def _unfounded(findings: Findings) -> None:
    automatic = Completion.objects.exclude(how=Completion.How.MARKED).filter(page__kind__in=list(registered()))
    pairs = automatic.order_by("person_id", "page_id").values_list("person_id", "page_id").iterator()
    suspects: set[Pair] = set()
    for some in batches(pairs):
        findings.note(UNFOUNDED, len(some), ())
        suspects |= {(person.pk, page.pk) for person, page, verdict in judged(some) if not verdict.complete}
    if suspects:
        for rule in registered().values():
            suspects.difference_update(rule.known_pairs())
    findings.note(UNFOUNDED, 0, sorted(suspects))


def _sums(findings: Findings) -> None:
    rows = ReadingProgress.objects.prefetch_related("sessions").order_by("pk")
    findings.note(SUMS, 0, ())
    for progress in rows.iterator(chunk_size=BATCH):
        reading = sum_up(progress.sessions.all())
        same = abs(reading.seconds - progress.seconds) < 0.001 and abs(reading.share - progress.share) < 0.001
        findings.note(SUMS, 1, () if same else [(progress.person_id, progress.page_id)])


def _contradicted(findings: Findings) -> None:
    done = Completion.objects.filter(person=OuterRef("person"), page=OuterRef("page"))
    rows = Withdrawal.objects.annotate(is_done=Exists(done))
    both = rows.filter(is_done=True).values_list("person_id", "page_id")
    findings.note(CONTRADICTED, rows.count(), both)


def _unfinished(findings: Findings) -> None:
    due = Enrolment.objects.ready_to_finish().values_list("person_id", "path_id")
    findings.note(UNFINISHED, Enrolment.objects.filter(finished_at=None).count(), due)


def _completed(pairs: Iterable[Pair]) -> set[Pair]:
    return _those(Completion, pairs)


def _withdrawn(pairs: Iterable[Pair]) -> set[Pair]:
    return _those(Withdrawal, pairs)


def _those(model: Any, pairs: Iterable[Pair]) -> set[Pair]:
    people = {person_id for person_id, _page_id in pairs}
    return set(model.objects.filter(person__in=people).values_list("person_id", "page_id"))
