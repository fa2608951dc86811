"""A file of subscribers that was looked at, and perhaps taken over."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SubscriberImport(models.Model):
    """The file is kept between looking at it and taking it, and no longer; what was said of consent stays."""

    name = models.CharField(_("file"), max_length=200)
    data = models.BinaryField(editable=False)
    consent = models.TextField(_("what these people agreed to"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("by")
    )
    looked_at = models.DateTimeField(_("looked at"), default=timezone.now)
    taken_at = models.DateTimeField(_("taken over"), null=True, blank=True)
    taken = models.PositiveIntegerField(_("subscribed"), default=0)

    class Meta:
        ordering = ("-looked_at", "-pk")
        verbose_name = _("import of subscribers")
        verbose_name_plural = _("imports of subscribers")

    def __str__(self) -> str:
        return self.name
