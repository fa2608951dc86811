"""A file on its way into the video library, piece by piece, over days if need be."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from masterclasses.models.video import source_name


class UploadQuerySet(models.QuerySet["Upload"]):
    def open(self) -> UploadQuerySet:
        """Those that may still become a video; their bytes count as if they had all arrived."""
        return self.filter(state__in=Upload.OPEN)

    def receiving(self) -> UploadQuerySet:
        return self.filter(state=Upload.State.RECEIVING)

    def free(self, now: datetime) -> UploadQuerySet:
        """Those that no request or tick is busy with; who is busy says so again and again, or has died."""
        return self.filter(Q(writer=None) | Q(writer_until__lt=now))

    def for_page(self, owner_id: int | None) -> UploadQuerySet:
        return self.filter(owner=owner_id).select_related("collection", "video", "replaces").order_by("-pk")


class Upload(models.Model):
    """receiving → checking → done | refused, or receiving → expired.

    `offset` counts bytes that are on disk. Whoever writes the file or checks it holds `writer` until `writer_until`;
    every write of theirs is conditional on it. `title` and `file_name` are the uploader's words: for showing only.
    """

    class State(models.TextChoices):
        RECEIVING = "receiving", _("Receiving")
        CHECKING = "checking", _("Checking")
        DONE = "done", _("Done")
        REFUSED = "refused", _("Refused")
        EXPIRED = "expired", _("Expired")

    OPEN: ClassVar[tuple[str, ...]] = (State.RECEIVING, State.CHECKING)
    #: How long an upload waits for its next byte.
    keep_for: ClassVar[timedelta] = timedelta(days=3)
    max_attempts: ClassVar[int] = 3

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="uploads")
    collection = models.ForeignKey("wagtailcore.Collection", on_delete=models.CASCADE, related_name="+")
    replaces = models.ForeignKey(
        "masterclasses.Video", null=True, blank=True, on_delete=models.CASCADE, related_name="replacements"
    )
    video = models.ForeignKey("masterclasses.Video", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(_("title"), max_length=255)
    file_name = models.CharField(_("file name"), max_length=255)
    #: What the uploader's machine says of the file, so that it is known again when it is chosen again.
    fingerprint = models.CharField(max_length=64, blank=True)
    length = models.PositiveBigIntegerField(_("bytes in all"))
    offset = models.PositiveBigIntegerField(_("bytes received"), default=0)
    probe = models.JSONField(default=dict, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.RECEIVING)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    writer = models.UUIDField(null=True, blank=True)
    writer_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    changed_at = models.DateTimeField(_("last change"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires"))

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        constraints = (
            models.CheckConstraint(condition=Q(offset__lte=F("length")), name="upload_offset_within_length"),
            models.CheckConstraint(
                condition=~Q(state__in=("refused", "expired")) | ~Q(reason=""), name="ended_upload_has_reason"
            ),
        )
        indexes = (
            models.Index(fields=("owner", "-id"), name="uploads_of_a_person"),
            models.Index(fields=("state", "changed_at"), name="uploads_by_state"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def percent(self) -> int:
        """Share of the bytes that have arrived, rounded down: 100 means all."""
        return 100 * self.offset // self.length if self.length else 0

    @property
    def complete(self) -> bool:
        return self.offset == self.length

    @property
    def receiving(self) -> bool:
        return self.state == self.State.RECEIVING

    @property
    def checking(self) -> bool:
        return self.state == self.State.CHECKING

    @property
    def overdue(self) -> bool:
        return self.receiving and self.expires_at <= timezone.now()

    @property
    def source_name(self) -> str:
        """Where the media storage keeps the file once it is accepted: the same name at every attempt."""
        return source_name(self.uuid, self.file_name)
