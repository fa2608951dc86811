"""What a mail provider, or a bounce in a mailbox, reported about one mail."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digests.models.delivery import Delivery


class MailEvent(models.Model):
    """Unique by its reporter's own id, so that a repetition changes nothing.

    One whose delivery is not known yet waits a few minutes for it; `lost` counts as heard and not understood.
    """

    class Kind(models.TextChoices):
        DEFERRED = "deferred", _("Deferred")
        DELIVERED = "delivered", _("Delivered")
        BOUNCED = "bounced", _("Came back")
        COMPLAINED = "complained", _("Reported as spam")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for its delivery")
        USED = "used", _("Recorded")
        LOST = "lost", _("Belongs to no delivery")

    source = models.CharField(_("reported by"), max_length=30)
    event_id = models.CharField(max_length=200)
    kind = models.CharField(_("what"), max_length=12, choices=Kind.choices)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    message_id = models.UUIDField(null=True)
    recipient = models.CharField(_("recipient"), max_length=254, blank=True)
    status_code = models.CharField(max_length=20, blank=True)
    said = models.CharField(_("said"), max_length=500, blank=True)
    happened_at = models.DateTimeField(_("happened"))
    heard_at = models.DateTimeField(_("heard"), default=timezone.now)
    delivery = models.ForeignKey(Delivery, null=True, blank=True, on_delete=models.CASCADE, related_name="events")

    class Meta:
        ordering = ("-heard_at", "-pk")
        verbose_name = _("mail event")
        verbose_name_plural = _("mail events")
        constraints = (models.UniqueConstraint(fields=("source", "event_id"), name="one_mail_event_by_its_id"),)
        indexes = (models.Index(fields=("heard_at",), condition=Q(state="waiting"), name="mail_event_waiting"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.recipient}"
