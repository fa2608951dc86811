"""What this floor tells the editors' desk."""

from __future__ import annotations

from home.desk import needs
from masterclasses.desk.needs import broken, on_their_way


def register() -> None:
    needs.register("videos", broken, order=20)
    needs.register("videos-on-their-way", on_their_way, order=70)
