"""What this floor tells the editors' desk."""

from __future__ import annotations

from home.desk import content_checks, needs, schedule
from masterclasses.desk.content_checks import missing_in_parts
from masterclasses.desk.evenings import evenings_between
from masterclasses.desk.needs import broken, on_their_way
from masterclasses.desk.schedule import videos_on_their_way, what_parts_lack


def register() -> None:
    needs.register("videos", broken, order=20)
    needs.register("videos-on-their-way", on_their_way, order=70)
    schedule.register("videos", videos_on_their_way)
    schedule.register("evenings", evenings_between)
    schedule.register_lacks("videos", what_parts_lack)
    content_checks.register("parts", missing_in_parts)
