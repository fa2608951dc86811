"""A stretch of a film that was not played."""

from __future__ import annotations

from dataclasses import dataclass

from home.templatetags.portal_tags import clock


@dataclass(frozen=True)
class Hole:
    """From `start` to `end`, in seconds."""

    start: float
    end: float

    @property
    def words(self) -> str:
        return f"{clock(self.start)}–{clock(self.end)}"

    @property
    def second(self) -> int:
        """The whole second that leads there, never after its beginning."""
        return int(self.start)

    @property
    def query(self) -> str:
        return f"?t={self.second}"
