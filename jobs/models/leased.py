"""Work that must not be lost: a row with a status, an attempt count, a lease and a reason."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs.querysets import LeasedQuerySet


class LeasedRow(models.Model):
    """Abstract parent of every piece of work.

    waiting → running → done | failed | cancelled, and back from running to waiting while attempts are left.
    Whoever runs a row holds its `claim_token` until `lease_until`; every write of theirs is conditional on the
    token (`jobs.actions`). A subclass sets the class attributes and overrides the `after_…` hooks, which run in
    the transaction of the change they are named for.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    OPEN: ClassVar[tuple[str, ...]] = (Status.WAITING, Status.RUNNING)

    #: When a parked row is due: see `jobs.actions.park`.
    PARKED_UNTIL: ClassVar[datetime] = datetime(9999, 1, 1, tzinfo=UTC)

    #: How long a claim lives without a renewal.
    lease_for: ClassVar[timedelta] = timedelta(seconds=60)
    max_attempts: ClassVar[int] = 3
    #: Wait before attempt 2, 3, …; the last value serves for all later ones.
    backoff: ClassVar[tuple[timedelta, ...]] = (
        timedelta(seconds=10),
        timedelta(minutes=1),
        timedelta(minutes=5),
    )

    status = models.CharField(
        _("status"), max_length=12, choices=Status.choices, default=Status.WAITING, editable=False
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    claim_token = models.UUIDField(null=True, blank=True, editable=False)
    next_try_at = models.DateTimeField(_("next try"), default=timezone.now, editable=False)
    reason = models.CharField(_("reason"), max_length=500, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    started_at = models.DateTimeField(_("started"), null=True, blank=True, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True, editable=False)

    objects = LeasedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=Q(status="running", claim_token__isnull=False, lease_until__isnull=False)
                | (~Q(status="running") & Q(claim_token__isnull=True, lease_until__isnull=True)),
                name="%(app_label)s_%(class)s_running_has_claim",
            ),
            models.CheckConstraint(
                condition=~Q(status="failed") | ~Q(reason=""),
                name="%(app_label)s_%(class)s_failed_has_reason",
            ),
        )
        indexes = (
            models.Index(fields=("next_try_at", "id"), condition=Q(status="waiting"), name="%(class)s_due"),
            models.Index(fields=("lease_until", "id"), condition=Q(status="running"), name="%(class)s_leases"),
            models.Index(fields=("-finished_at", "id"), condition=Q(status="failed"), name="%(class)s_failed"),
        )

    @property
    def attempts_left(self) -> int:
        return max(self.max_attempts - self.attempts, 0)

    @property
    def is_parked(self) -> bool:
        """Whether it waits for an event, such as the end of its parts, and not for a time."""
        return self.status == self.Status.WAITING and self.next_try_at >= self.PARKED_UNTIL

    def status_words(self) -> str:
        """The status as the Jobs page says it."""
        return str(_("Under way in parts") if self.is_parked else self.get_status_display())

    @property
    def percent(self) -> int | None:
        """How much is done, where the work can tell; None where it cannot."""
        return None

    def eta(self) -> timedelta | None:
        """How long the work will still take, where it can tell."""
        return None

    def admin_url(self) -> str:
        """Where the admin shows what this work is for, if anywhere. Must need no query: it is asked for each row."""
        return ""

    def wait_before_next_attempt(self) -> timedelta:
        return self.backoff[min(max(self.attempts, 1), len(self.backoff)) - 1]

    def lost_reason(self) -> str:
        """Said of a row whose worker died on its last attempt."""
        return _("The worker stopped %(count)d times before it could finish.") % {"count": self.attempts}

    def after_failure(self) -> None:
        """Runs in the transaction in which the row becomes `failed`."""

    def after_done(self) -> None:
        """Runs in the transaction in which the row becomes `done`."""

    def after_cancel(self) -> None:
        """Runs in the transaction in which the row becomes `cancelled`."""

    def after_restart(self) -> None:
        """Runs in the transaction in which a person starts an ended row again."""
