"""One encode of one source, and what came out of it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jobs.models import LeasedRow
from masterclasses import signals


class Transcode(LeasedRow):
    """Each attempt writes a folder of its own; `folder` names the one that was published.

    `source_name` is the stored file that was encoded: once the video has another, this encode is out of date.
    """

    ALMOST: ClassVar[int] = 99

    class Stage(models.TextChoices):
        """What a claim of this row does next; between the two it is parked while it is encoded."""

        PLAN = "plan", _("Planning")
        PIECES = "pieces", _("Encoding")
        REMOTE = "remote", _("Encoding elsewhere")
        PUBLISH = "publish", _("Publishing")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    video = models.ForeignKey("masterclasses.Video", on_delete=models.CASCADE, related_name="transcodes")
    source_name = models.CharField(max_length=255, editable=False)
    folder = models.CharField(max_length=255, blank=True, editable=False)
    probe = models.JSONField(default=dict, blank=True, editable=False)
    plan = models.JSONField(default=dict, blank=True, editable=False)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.PLAN, editable=False)
    #: What was foretold when it was planned, and below, when it came true: the difference is our past error.
    expected_watchable_at = models.DateTimeField(null=True, blank=True, editable=False)
    expected_done_at = models.DateTimeField(null=True, blank=True, editable=False)
    watchable_at = models.DateTimeField(_("watchable since"), null=True, blank=True, editable=False)
    seconds_total = models.FloatField(_("seconds in all"), default=0, editable=False)
    seconds_done = models.FloatField(_("seconds done"), default=0, editable=False)

    class Meta(LeasedRow.Meta):
        verbose_name = _("encode")
        verbose_name_plural = _("encodes")

    def __str__(self) -> str:
        return str(self.video)

    @property
    def percent(self) -> int | None:
        """Share of the source's running time that is encoded; 100 only when everything is published."""
        if self.status == self.Status.DONE:
            return 100
        if not self.seconds_total:
            return None
        return max(0, min(self.ALMOST, int(100 * self.seconds_done / self.seconds_total)))

    @property
    def under_way(self) -> bool:
        """Whether something of it is encoded at this moment, or was: its own claims are short, its pieces are not."""
        return self.status == self.Status.RUNNING or (self.is_parked and self.seconds_done > 0)

    def status_words(self) -> str:
        if self.is_parked and self.stage == self.Stage.REMOTE:
            return str(_("With the remote encoder"))
        if self.is_parked:
            return str(_("Encoding in pieces") if self.under_way else _("Its pieces wait"))
        return super().status_words()

    @property
    def home(self) -> str:
        """Folder, in the media storage, of all attempts of this encode."""
        return f"videos/encodes/{self.uuid}"

    @property
    def version(self) -> str:
        """The name of the published folder below `home`, a UUID; empty before the first publication."""
        return self.folder.rpartition("/")[2]

    def lost_reason(self) -> str:
        return self.lost_reason_after(self.attempts)

    @staticmethod
    def lost_reason_after(attempts: int) -> str:
        return _(
            "The encoder was stopped %(count)d times before it could finish. The file may be damaged, or the "
            "machine may be short of memory."
        ) % {"count": attempts}

    def after_done(self) -> None:
        signals.encode_done.send(sender=type(self), transcode=self)

    def after_failure(self) -> None:
        signals.encode_failed.send(sender=type(self), transcode=self)

    def after_cancel(self) -> None:
        signals.encode_cancelled.send(sender=type(self), transcode=self)

    def after_restart(self) -> None:
        signals.encode_restarted.send(sender=type(self), transcode=self)


class Rendition(models.Model):
    class Form(models.TextChoices):
        HLS = "hls", _("HLS")
        MP4 = "mp4", _("MP4")
        POSTER = "poster", _("Poster")
        AUDIO = "audio", _("Sound only")
        STORYBOARD = "storyboard", _("Storyboard")

    transcode = models.ForeignKey(Transcode, on_delete=models.CASCADE, related_name="renditions")
    form = models.CharField(max_length=10, choices=Form.choices)
    name = models.CharField(max_length=255)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    bytes = models.PositiveBigIntegerField(default=0)
    seconds = models.FloatField(default=0)

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        constraints = (models.UniqueConstraint(fields=("transcode", "name"), name="one_rendition_per_name"),)

    def __str__(self) -> str:
        return self.name
