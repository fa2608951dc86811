"""Which subscribers are due, and which never confirmed."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.db import models


class SubscriberQuerySet(models.QuerySet[Any]):
    def confirmed(self) -> Self:
        return self.filter(status="confirmed")

    def due(self, now: datetime) -> Self:
        """Confirmed subscribers whose hour has come, the longest waiting first."""
        return self.confirmed().filter(next_due_at__lte=now).order_by("next_due_at", "pk")

    def never_confirmed(self, before: datetime) -> Self:
        """Those who last asked before that time and never confirmed."""
        return self.filter(status="pending", created_at__lt=before).exclude(asked_at__gte=before)
