"""What an encode is cut into: each piece is a row of its own that any worker can take."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs.models import LeasedRow
from masterclasses import signals
from masterclasses.models.transcode import Transcode


class Piece(LeasedRow):
    """One stretch of pictures in some rungs, the whole sound, or the whole set of stills.

    Pieces of the first wave make the video watchable; those of the second add the larger rungs. A piece that is done
    has its files in `folder`, below the encode's own `home` in the media storage.
    """

    class Role(models.TextChoices):
        VIDEO = "video", _("Pictures")
        SOUND = "sound", _("Sound")
        STILLS = "stills", _("Poster and storyboard")

    class Wave(models.IntegerChoices):
        FIRST = 1
        REST = 2

    lease_for: ClassVar[timedelta] = timedelta(seconds=60)

    transcode = models.ForeignKey(Transcode, on_delete=models.CASCADE, related_name="pieces")
    role = models.CharField(max_length=10, choices=Role.choices, editable=False)
    wave = models.PositiveSmallIntegerField(choices=Wave.choices, default=Wave.FIRST, editable=False)
    number = models.PositiveIntegerField(default=0, editable=False)
    rungs = models.JSONField(default=list, blank=True, editable=False)
    start = models.FloatField(_("starts at, in seconds"), default=0, editable=False)
    seconds = models.FloatField(_("seconds"), default=0, editable=False)
    seconds_done = models.FloatField(_("seconds done"), default=0, editable=False)
    #: Millions of pixels to encode: what one second of processor time is worth is learnt from these.
    cost = models.FloatField(default=0, editable=False)
    #: The place in the queue: when the video came, plus a wait that grows with its length, so that a short video
    #: passes a long one and a long one is still reached.
    rank = models.DateTimeField(default=timezone.now, editable=False)
    folder = models.CharField(max_length=255, blank=True, editable=False)

    class Meta(LeasedRow.Meta):
        verbose_name = _("piece of an encode")
        verbose_name_plural = _("pieces of encodes")
        constraints = (  # type: ignore[assignment]
            *LeasedRow.Meta.constraints,
            models.UniqueConstraint(fields=("transcode", "role", "wave", "number"), name="one_piece_of_each"),
        )
        indexes = (  # type: ignore[assignment]
            *LeasedRow.Meta.indexes,
            models.Index(fields=("rank", "id"), condition=Q(status="waiting"), name="pieces_by_rank"),
        )

    def __str__(self) -> str:
        return f"{self.transcode}: {self.get_role_display()} {self.number + 1}"

    @property
    def percent(self) -> int | None:
        if self.status == self.Status.DONE:
            return 100
        return max(0, min(99, int(100 * self.seconds_done / self.seconds))) if self.seconds else None

    def lost_reason(self) -> str:
        return self.transcode.lost_reason_after(self.attempts)

    def after_done(self) -> None:
        signals.piece_ended.send(sender=type(self), piece=self)

    def after_failure(self) -> None:
        signals.piece_ended.send(sender=type(self), piece=self)

    def after_cancel(self) -> None:
        signals.piece_ended.send(sender=type(self), piece=self)

    def after_restart(self) -> None:
        signals.piece_restarted.send(sender=type(self), piece=self)
