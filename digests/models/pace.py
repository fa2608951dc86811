"""When the next mail may leave."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Pace(models.Model):
    """When the next message may leave, of a domain or (named `*`) of all: one row that all senders count in."""

    name = models.CharField(_("domain"), max_length=254, unique=True)
    next_at = models.DateTimeField(null=True)
    hour = models.DateTimeField(null=True)
    in_hour = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("name",)
        verbose_name = _("pace")
        verbose_name_plural = _("paces")

    def __str__(self) -> str:
        return self.name
