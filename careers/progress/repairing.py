"""Writes what follows from the ledger where it is not written."""

from __future__ import annotations

from django.db import transaction

from careers.actions import complete, finish_what_is_due
from careers.models import ReadingProgress, Withdrawal
from careers.progress.drift import CONTRADICTED, MISSING, SUMS, UNFINISHED, Findings
from careers.progress.judging import judged
from careers.progress.sums import sum_up


def repair(findings: Findings) -> None:
    """Write what follows from the ledger. Nothing is taken from anybody: what is unfounded is left for a person."""
    for person, page, verdict in judged(findings.drift.get(MISSING, ())):
        if verdict.complete:
            complete(person=person, page=page, how=verdict.how)
    for person_id, page_id in findings.drift.get(SUMS, ()):
        _sum_up_anew(person_id, page_id)
    for person_id, page_id in findings.drift.get(CONTRADICTED, ()):
        Withdrawal.objects.filter(person=person_id, page=page_id).delete()
    if findings.drift.get(UNFINISHED):
        finish_what_is_due()


@transaction.atomic
def _sum_up_anew(person_id: int, page_id: int) -> None:
    rows = ReadingProgress.objects.select_for_update()
    if progress := rows.filter(person=person_id, page=page_id).first():
        reading = sum_up(progress.sessions.all())
        progress.seconds, progress.share = reading.seconds, reading.share
        progress.save(update_fields=["seconds", "share"])
