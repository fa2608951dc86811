"""When each part of the schedule last ran; the health check reads it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Tick(models.Model):
    name = models.CharField(max_length=60, primary_key=True)
    last_at = models.DateTimeField()

    class Meta:
        verbose_name = _("tick")
        verbose_name_plural = _("ticks")

    def __str__(self) -> str:
        return f"{self.name}: {self.last_at:%Y-%m-%d %H:%M:%S}"
