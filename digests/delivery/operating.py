"""What an operator says of a digest of which nobody knows whether it arrived."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from digests.models import Delivery
from jobs.actions import fit, start_again

Outcome, Status = Delivery.Outcome, Delivery.Status


def mark_sent(row: Delivery, *, by: Any = None, reason: str = "") -> bool:
    """Count an `unknown` digest as sent; return whether it was unknown."""
    words = reason or _("Marked as sent by %(person)s.") % {"person": by}
    changed = Delivery.objects.filter(pk=row.pk, outcome=Outcome.UNKNOWN).update(
        status=Status.DONE, skip="", reason=fit(words), finished_at=timezone.now()
    )
    row.refresh_from_db()
    return bool(changed)


def send_again(row: Delivery) -> bool:
    """Send an `unknown` digest once more, knowing that it may be the second copy; return whether it was unknown."""
    row.refresh_from_db()
    return row.outcome == Outcome.UNKNOWN and start_again(row)
