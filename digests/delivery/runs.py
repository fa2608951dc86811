"""Stopping a run, letting it go on, ending it: each is one conditional UPDATE, and holds from the next message on."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from digests.delivery.alerts import alert
from digests.delivery.ledger import wake_senders
from digests.models import Delivery, Run
from jobs.actions import NO_CLAIM, fit

State, Status = Run.State, Delivery.Status
#: A run this old of which nothing is open is closed; senders look at those that are going only.
CLOSE_AFTER = timedelta(days=3)


def pause(run: Run, *, reason: str, by: Any = None) -> bool:
    """Let no further message of the run go; return whether it was going. Without a person people are told of it."""
    with transaction.atomic():
        changed = _change(run, (State.GOING, State.CLOSED), State.PAUSED, reason=reason, by=by)
        if changed and by is None:
            alert(
                subject=run,
                event=f"paused {run.changed_at:%Y-%m-%dT%H:%M:%S.%f}",
                title=lambda: _("The digests of %(run)s were stopped") % {"run": run},
                message=lambda: reason,
            )
    return changed


def go_on(run: Run, *, by: Any) -> bool:
    """Let a paused run go on, its breakers looking only at what comes from now on."""
    fresh = {"handed_over": 0, "recent": "", "hard_bounces": 0, "complaints": 0}
    changed = _change(run, (State.PAUSED,), State.GOING, reason="", by=by, **fresh)
    if changed:
        transaction.on_commit(lambda: wake_senders(1), robust=True)
    return changed


def end(run: Run, *, by: Any) -> bool:
    """End a run for good: what still waits is skipped, or `unknown` when a copy of it may have left."""
    with transaction.atomic():
        changed = _change(run, (State.GOING, State.PAUSED), State.ENDED, reason="", by=by)
        if changed:
            skip_what_waits(run)
    return changed


def skip_what_waits(run: Run) -> int:
    reason = str(Delivery.Skip.STOPPED.label)
    ended: dict[str, Any] = {"finished_at": timezone.now(), "reason": reason, **NO_CLAIM}
    waiting = Delivery.objects.waiting().filter(run=run).order_by()
    unknown = waiting.filter(copies__gt=0).update(status=Status.FAILED, **ended)
    return unknown + waiting.update(status=Status.DONE, skip=Delivery.Skip.STOPPED, **ended)


def tidy_runs(now: datetime | None = None) -> int:
    """Close the old runs of which nothing is open, and end what came back to one that was ended."""
    for run in Run.objects.filter(state=State.ENDED, deliveries__status=Status.WAITING).distinct():
        skip_what_waits(run)
    still_open = Delivery.objects.filter(run=OuterRef("pk"), outcome=Delivery.Outcome.OPEN)
    before = (now or timezone.now()) - CLOSE_AFTER
    done = Run.objects.filter(state=State.GOING, created_at__lt=before).exclude(Exists(still_open))
    return done.update(state=State.CLOSED, changed_at=timezone.now())


def _change(run: Run, of: tuple[str, ...], to: str, *, reason: str, by: Any, **values: Any) -> bool:
    now = timezone.now()
    changed = Run.objects.filter(pk=run.pk, state__in=of).update(
        state=to, reason=fit(reason), changed_by=by, changed_at=now, **values
    )
    run.refresh_from_db()
    return bool(changed)
