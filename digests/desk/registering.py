"""What this floor tells the editors' desk."""

from __future__ import annotations

from digests.desk.needs import approvals, next_digests
from digests.desk.schedule import closing_digests
from home.desk import needs, schedule


def register() -> None:
    needs.register("approvals", approvals, order=15)
    needs.register("next-digests", next_digests, order=60)
    schedule.register("digests", closing_digests)
