"""Which rows are due, leased or lost."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.db.models import QuerySet


class LeasedQuerySet(QuerySet[Any]):
    def waiting(self) -> Self:
        return self.filter(status="waiting")

    def running(self) -> Self:
        return self.filter(status="running")

    def failed(self) -> Self:
        return self.filter(status="failed")

    def open(self) -> Self:
        return self.filter(status__in=("waiting", "running"))

    def due(self, now: datetime) -> Self:
        """Waiting rows whose time has come, the longest waiting first."""
        return self.waiting().filter(next_try_at__lte=now).order_by("next_try_at", "pk")

    def parked(self) -> Self:
        """Waiting rows that become due by an event only."""
        return self.waiting().filter(next_try_at__gte=self.model.PARKED_UNTIL)

    def lost(self, now: datetime) -> Self:
        """Running rows whose worker has not been heard of in time."""
        return self.running().filter(lease_until__lt=now).order_by("lease_until", "pk")
