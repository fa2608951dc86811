"""What this floor tells the editors' desk."""

from __future__ import annotations

from careers.desk.needs import unanswered
from home.desk import needs


def register() -> None:
    needs.register("feedback", unanswered, order=30)
