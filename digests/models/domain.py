"""What is known of one mail domain while digests go to it: whether it wants to be left alone."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailDomain(models.Model):
    """The circuit of one domain. Until `closed_until` nothing goes there; success forgets all counts."""

    name = models.CharField(_("domain"), max_length=254, unique=True)
    closed_until = models.DateTimeField(_("left alone until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    #: In a row: answers that asked us to come later, how often the domain was left alone for them, and refusals by its
    #: rules (5.7.x).
    deferrals = models.PositiveIntegerField(default=0)
    rests = models.PositiveIntegerField(default=0)
    refusals = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("name",)
        verbose_name = _("mail domain")
        verbose_name_plural = _("mail domains")

    def __str__(self) -> str:
        return self.name
