"""What a subscriber agreed to, word for word, and when."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digests.models.subscriber import Subscriber


class ConsentReceipt(models.Model):
    """Written once, never changed; erased with the subscriber. No IP address is kept."""

    class Event(models.TextChoices):
        ASKED = "asked", _("Asked for the digest")
        CONFIRMED = "confirmed", _("Confirmed by link")
        CHANGED = "changed", _("Changed preferences")
        UNSUBSCRIBED = "unsubscribed", _("Unsubscribed")
        SUPPRESSED = "suppressed", _("Suppressed")
        IMPORTED = "imported", _("Taken over from another list")

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="receipts")
    event = models.CharField(_("event"), max_length=12, choices=Event.choices)
    text = models.TextField(_("words shown"), help_text=_("What the person read when they did it."))
    place = models.CharField(_("place"), max_length=200, help_text=_("The page or the mail in which they did it."))
    created_at = models.DateTimeField(_("when"), default=timezone.now, editable=False)

    class Meta:
        ordering = ("created_at", "pk")
        verbose_name = _("consent receipt")
        verbose_name_plural = _("consent receipts")

    def __str__(self) -> str:
        return f"{self.get_event_display()}, {self.created_at:%Y-%m-%d %H:%M}"
