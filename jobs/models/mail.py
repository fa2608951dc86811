"""One message to one person, kept until it is delivered."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jobs.models.leased import LeasedRow


class Mail(LeasedRow):
    """Confirmations, notices and passwords; digests have a ledger of their own.

    The words are erased once the mail is sent: they may carry a link that lets somebody in.
    """

    lease_for: ClassVar[timedelta] = timedelta(minutes=2)
    max_attempts: ClassVar[int] = 6
    backoff: ClassVar[tuple[timedelta, ...]] = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 240))

    message_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recipient = models.EmailField(_("recipient"), max_length=254)
    subject = models.CharField(_("subject"), max_length=255)
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(_("HTML"), blank=True)
    headers = models.JSONField(_("headers"), default=dict, blank=True)

    class Meta(LeasedRow.Meta):
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        # The Jobs page shows every kind of work; its permissions need some model to hang on.
        permissions = (
            ("view_jobs", _("Can see the Jobs page")),
            ("retry_job", _("Can retry and cancel jobs")),
        )

    def __str__(self) -> str:
        return f"{self.subject} → {self.recipient}"
