"""What this floor tells the editors' desk."""

from __future__ import annotations

from careers.desk.content_checks import missing_authors
from careers.desk.needs import unanswered
from home.desk import content_checks, needs


def register() -> None:
    needs.register("feedback", unanswered, order=30)
    content_checks.register("authors", missing_authors)
