"""An encode that is done elsewhere, and what the service there has said of it."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs.models import LeasedRow
from masterclasses import signals
from masterclasses.models.transcode import Transcode


class RemoteJob(LeasedRow):
    """One order to the remote encoder, due when there is something to submit, to ask or to settle.

    A new attempt at the same encode is a new order with a new `uuid`: what is said of the old one counts no more.
    """

    lease_for: ClassVar[timedelta] = timedelta(minutes=2)
    max_attempts: ClassVar[int] = 6
    backoff: ClassVar[tuple[timedelta, ...]] = (
        timedelta(seconds=10),
        timedelta(minutes=1),
        timedelta(minutes=5),
        timedelta(minutes=15),
        timedelta(minutes=30),
    )

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    transcode = models.OneToOneField(Transcode, on_delete=models.CASCADE, related_name="remote_job")
    #: A person decided that this encode is done by the portal itself.
    here = models.BooleanField(default=False, editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    heard_at = models.DateTimeField(null=True, blank=True, editable=False)
    moved_at = models.DateTimeField(null=True, blank=True, editable=False)
    expected_at = models.DateTimeField(null=True, blank=True, editable=False)
    seconds_done = models.FloatField(_("seconds done"), default=0, editable=False)

    class Meta(LeasedRow.Meta):
        verbose_name = _("remote encode")
        verbose_name_plural = _("remote encodes")

    def __str__(self) -> str:
        return str(self.transcode)

    @property
    def percent(self) -> int | None:
        if self.status == self.Status.DONE:
            return 100
        total = self.transcode.seconds_total
        return max(0, min(99, int(100 * self.seconds_done / total))) if total else None

    def eta(self) -> timedelta | None:
        """What the service foretold; nothing once that time is over."""
        left = self.expected_at - timezone.now() if self.expected_at else None
        return left if left and left > timedelta(0) else None

    def status_words(self) -> str:
        waits_for_word = self.status == self.Status.WAITING and self.submitted_at is not None and not self.reason
        return str(_("With the remote encoder")) if waits_for_word else super().status_words()

    def admin_url(self) -> str:
        return reverse("videos:remote", args=(self.pk,))

    def after_done(self) -> None:
        signals.remote_ended.send(sender=type(self), job=self)

    def after_failure(self) -> None:
        signals.remote_ended.send(sender=type(self), job=self)

    def after_cancel(self) -> None:
        signals.remote_ended.send(sender=type(self), job=self)

    def after_restart(self) -> None:
        signals.remote_restarted.send(sender=type(self), job=self)


class RemoteEvent(models.Model):
    """One thing that the service said, kept so that hearing it again changes nothing.

    `job` is no foreign key: an event may come before its job's row can be seen.
    """

    class Kind(models.TextChoices):
        ACCEPTED = "encode.accepted", _("Accepted")
        PROGRESS = "encode.progress", _("Progress")
        OUTPUT_READY = "encode.output_ready", _("Output ready")
        DONE = "encode.done", _("Done")
        FAILED = "encode.failed", _("Failed")

    event_id = models.CharField(max_length=200, unique=True)
    job = models.UUIDField()
    kind = models.CharField(max_length=30, choices=Kind.choices)
    sequence = models.PositiveBigIntegerField()
    sent_at = models.DateTimeField()
    received_at = models.DateTimeField(default=timezone.now, db_index=True)
    data = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("remote encoder's event")
        verbose_name_plural = _("remote encoder's events")
        indexes = (models.Index(fields=("job", "kind", "sequence"), name="remote_events_of_job"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.sequence}"
