"""The ledger: one row for each subscriber and period."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy as _

from digests.models.run import Run
from digests.models.subscriber import Subscriber
from jobs.models import LeasedRow

#: RFC 1047: a mail server may have taken a mail although its answer was lost. One repetition, no more.
MAX_COPIES = 2
#: One more than three, for one may have been the fault of another row of its chunk (`digests.delivery.claiming`).
MAX_INTERRUPTIONS = 4


class Delivery(LeasedRow):
    """A digest that is due, with the items chosen for it, until its end is known (docs/adr/0006-digests.md).

    `copies` counts the copies that may have left: it is raised, and committed, right before the mail server is
    given the mail, and lowered when the server says that it did not take it. `deferrals` counts attempts that
    ended with the certainty that nothing left.
    """

    class Outcome(models.TextChoices):
        OPEN = "open", _("Open")
        SENT = "sent", _("Sent")
        SKIPPED = "skipped", _("Skipped")
        FAILED = "failed", _("Failed")
        MISSED = "missed", _("Missed")
        UNKNOWN = "unknown", _("Unknown")

    class Skip(models.TextChoices):
        NOTHING_NEW = "nothing_new", _("Nothing new in the chosen areas")
        NOTHING_LEFT = "nothing_left", _("All that was chosen is no longer public")
        NOT_SUBSCRIBED = "not_subscribed", _("No longer subscribed when it was to be sent")
        STOPPED = "stopped", _("The run was ended before its turn came")

    class Receipt(models.TextChoices):
        """What became known after the mail server had taken it, the later ones outweighing the earlier."""

        DEFERRED = "deferred", _("Deferred")
        DELIVERED = "delivered", _("Delivered")
        BOUNCED = "bounced", _("Came back")
        COMPLAINED = "complained", _("Reported as spam")

    # Longer than three timeouts of a mail server.
    lease_for: ClassVar[timedelta] = timedelta(minutes=10)
    # With the waits below: two days, then the mail server has had its chance.
    max_attempts: ClassVar[int] = 16
    backoff: ClassVar[tuple[timedelta, ...]] = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 240))

    subscriber = models.ForeignKey(
        # The unique constraint below begins with it, and is its index.
        Subscriber,
        on_delete=models.CASCADE,
        related_name="deliveries",
        db_index=False,
        verbose_name=_("subscriber"),
    )
    run = models.ForeignKey(
        Run, on_delete=models.PROTECT, related_name="deliveries", db_index=False, verbose_name=_("run")
    )
    period_key = models.CharField(_("period"), max_length=40)
    due_at = models.DateTimeField(_("due"))
    message_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    #: Frozen when a copy first may have left; null before that.
    items = models.JSONField(_("items"), null=True, editable=False)
    selected_at = models.DateTimeField(null=True, editable=False)
    copies = models.PositiveSmallIntegerField(_("copies"), default=0, editable=False)
    deferrals = models.PositiveSmallIntegerField(default=0, editable=False)
    #: When the mail server first asked us to come later; two days after that it has had its chance.
    deferred_since = models.DateTimeField(null=True, editable=False)
    #: The moment that this row's domain gave it, where domains have a pace.
    slot_at = models.DateTimeField(null=True, editable=False)
    receipt = models.CharField(
        _("afterwards"), max_length=12, choices=Receipt.choices, blank=True, default="", editable=False
    )
    skip = models.CharField(_("why skipped"), max_length=16, choices=Skip.choices, blank=True, editable=False)
    #: Kept by the database itself, so that the sum of all outcomes is the number of rows, always.
    outcome = models.GeneratedField(
        expression=Case(
            When(Q(status__in=("waiting", "running")), then=Value("open")),
            When(Q(status="done") & Q(skip=""), then=Value("sent")),
            When(Q(status="done"), then=Value("skipped")),
            When(Q(status="cancelled"), then=Value("missed")),
            When(Q(copies__gt=0), then=Value("unknown")),
            default=Value("failed"),
        ),
        output_field=models.CharField(_("outcome"), max_length=8, choices=Outcome.choices),
        db_persist=True,
    )

    class Meta(LeasedRow.Meta):
        # Rows are made when they are due; each index more would cost every one of a million some writing.
        ordering = ("-pk",)
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = (  # type: ignore[assignment]
            *LeasedRow.Meta.constraints,
            models.UniqueConstraint(fields=("subscriber", "period_key"), name="one_digest_per_subscriber_and_period"),
        )
        indexes = (  # type: ignore[assignment]
            *LeasedRow.Meta.indexes,
            models.Index(fields=("outcome", "-id"), name="delivery_outcomes"),
            models.Index(fields=("run", "next_try_at", "id"), condition=Q(status="waiting"), name="delivery_run_due"),
            models.Index(fields=("run", "outcome", "skip"), name="delivery_run_outcomes"),
            models.Index(fields=("period_key", "outcome"), name="delivery_periods"),
        )

    def __str__(self) -> str:
        return f"{self.period_key} → {self.subscriber}"

    @property
    def attempts_left(self) -> int:
        """None when two copies may have left, or when the work was interrupted, unexplained, too often."""
        if self.copies >= MAX_COPIES or self.attempts - self.deferrals >= MAX_INTERRUPTIONS:
            return 0
        return super().attempts_left

    def lost_reason(self) -> str:
        if self.copies:
            return str(_("The sender stopped while it handed over the mail: it may have arrived, or not."))
        return super().lost_reason()

    def after_restart(self) -> None:
        """An operator allows one copy more, and no second one; the run goes on for it."""
        if self.copies >= MAX_COPIES:
            type(self).objects.filter(pk=self.pk).update(copies=MAX_COPIES - 1)
            self.copies = MAX_COPIES - 1
        Run.objects.filter(pk=self.run_id, state=Run.State.CLOSED).update(state=Run.State.GOING)

    @property
    def domain(self) -> str:
        """Where the mail goes; in the DNS's own form."""
        return self.subscriber.email_key.rpartition("@")[2]

    @property
    def outcome_label(self) -> str:
        return str(self.Outcome(self.outcome).label)
