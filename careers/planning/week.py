"""What a weekly plan looks like: sessions that come, what became of those that were, and what has no place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from careers.models import WeeklyPlan
from careers.planning.items import Reason
from careers.planning.sessions import Session
from home.models import ContentPage


@dataclass(frozen=True)
class PlannedPiece:
    """`address` leads to the very place. Of a past session `done` tells what is done, `moved_to` where the rest is."""

    page: ContentPage
    minutes: int
    address: str
    goes_on: bool = False
    last: bool = True
    done: bool = False
    moved_to: date | None = None


@dataclass(frozen=True)
class PlannedSession:
    session: Session
    pieces: list[PlannedPiece]
    past: bool = False

    @property
    def minutes_planned(self) -> int:
        return sum(piece.minutes for piece in self.pieces)


@dataclass(frozen=True)
class LeftOver:
    """A page without a place in the plan, and why."""

    page: ContentPage
    minutes: int
    reason: Reason


@dataclass(frozen=True)
class Week:
    """`sessions` are those that hold something, from seven days ago to eight weeks ahead; `left_over` has no place."""

    plan: WeeklyPlan
    zone: ZoneInfo
    now: datetime
    sessions: list[PlannedSession]
    left_over: list[LeftOver]

    @property
    def this_week(self) -> list[PlannedSession]:
        """From Monday to Sunday of the person's week; when nothing is left in it, the next session as well."""
        today = self.now.astimezone(self.zone).date()
        monday = today - timedelta(days=today.weekday())
        shown = [row for row in self.sessions if monday <= row.session.day < monday + timedelta(days=7)]
        coming = [row for row in self.sessions if not row.past]
        return shown if any(not row.past for row in shown) else shown + coming[:1]

    @property
    def coming(self) -> list[PlannedSession]:
        return [row for row in self.sessions if not row.past]

    @property
    def were(self) -> list[PlannedSession]:
        return [row for row in self.sessions if row.past]

    @property
    def ends_on(self) -> date | None:
        """The day on which everything that was placed is done."""
        return self.coming[-1].session.day if self.coming else None
