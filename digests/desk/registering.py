"""What this floor tells the editors' desk."""

from __future__ import annotations

from digests.desk.needs import approvals, next_digests
from home.desk import needs


def register() -> None:
    needs.register("approvals", approvals, order=15)
    needs.register("next-digests", next_digests, order=60)
