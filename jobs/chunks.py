"""Several rows in one claim, for work that takes a moment for each: they are claimed together, and each ends alone."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from jobs.actions import NO_CLAIM
from jobs.models import LeasedRow

Row = TypeVar("Row", bound=LeasedRow)


def claim_together(
    model: type[Row], pks: Sequence[int], *, related: Sequence[str] = (), now: datetime | None = None
) -> list[Row]:
    """Claim by one UPDATE those of these rows that are due, and return them in the order of `pks`.

    They share a token, and the attempt of each is counted, as `jobs.actions.claim` does for one.
    """
    if not pks:
        return []
    now, token = now or timezone.now(), uuid.uuid4()
    with transaction.atomic():
        model.objects.due(now).filter(pk__in=pks).order_by().update(
            status=LeasedRow.Status.RUNNING,
            attempts=F("attempts") + 1,
            claim_token=token,
            lease_until=now + model.lease_for,
            started_at=now,
            finished_at=None,
        )
        ours = model.objects.running().filter(pk__in=pks, claim_token=token).select_related(*related)
        claimed: dict[int, Row] = {row.pk: row for row in ours}
    return [claimed[pk] for pk in pks if pk in claimed]


def put_back_together(rows: Sequence[LeasedRow]) -> int:
    """Give back rows that were claimed and not begun, by one UPDATE: they are due as they were, and no attempt counts.

    Return how many were still ours.
    """
    if not rows:
        return 0
    ours = type(rows[0]).objects.running().filter(pk__in=[row.pk for row in rows])
    return ours.filter(claim_token__in={row.claim_token for row in rows}).update(
        status=LeasedRow.Status.WAITING, attempts=F("attempts") - 1, **NO_CLAIM
    )
