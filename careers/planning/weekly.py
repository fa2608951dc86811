"""Makes a person's weekly plan of their times and of what they have left to learn. Pure: everything is at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from careers.models import WeeklyPlan
from careers.planning.items import Packed, Piece
from careers.planning.packing import pack
from careers.planning.sessions import Session, Slot, sessions_between
from careers.planning.week import LeftOver, PlannedPiece, PlannedSession, Week
from careers.planning.work import Work
from home.models import ContentPage

WEEKS = 8
LOOKS_BACK = timedelta(days=7)
#: A session that is nearly over holds nothing new.
LEAST_ROOM = 10


def week_of(plan: WeeklyPlan, slots: Sequence[Slot], work: Work, *, zone: ZoneInfo, now: datetime) -> Week:
    """Pack what is left into the sessions that come, and say where what was missed has gone. No query."""
    coming = sessions_between(slots, zone, now, now + timedelta(weeks=WEEKS))
    coming = [session for session in coming if _room(session, now) >= LEAST_ROOM]
    packed = pack(work.items(), [_room(session, now) for session in coming])
    pages = work.pages
    new_days = _days_of(packed, coming)
    ahead = [
        PlannedSession(session, _ahead(pieces, pages, work))
        for session, pieces in zip(coming, packed.sessions, strict=True)
        if pieces
    ]
    left_over = [LeftOver(pages[row.item.page_id], row.minutes, row.reason) for row in packed.unplaced]
    return Week(plan, zone, now, _were(plan, slots, work, new_days, zone=zone, now=now) + ahead, left_over)


def _room(session: Session, now: datetime) -> int:
    """The minutes that are left of a session."""
    return min(session.minutes, int((session.ends_at - now).total_seconds() // 60))


def _days_of(packed: Packed, sessions: Sequence[Session]) -> dict[int, date]:
    """The first day on which each page is planned."""
    days: dict[int, date] = {}
    for session, pieces in zip(sessions, packed.sessions, strict=True):
        for piece in pieces:
            days.setdefault(piece.item.page_id, session.day)
    return days


def _ahead(pieces: Sequence[Piece], pages: Mapping[int, ContentPage], work: Work) -> list[PlannedPiece]:
    return [
        PlannedPiece(
            page=pages[piece.item.page_id],
            minutes=piece.minutes,
            address=_address(piece, pages[piece.item.page_id], work),
            goes_on=bool(piece.before) or piece.item.page_id in work.stops,
            last=piece.last,
        )
        for piece in pieces
    ]


def _address(piece: Piece, page: ContentPage, work: Work) -> str:
    """Where this piece begins: a second of a recording that goes on, the place in an article."""
    stop = work.stops.get(page.pk)
    if piece.item.divisible and (stop is None or stop.played is not None) and page.kind == "part":
        seconds = (stop.played or 0 if stop else 0) + piece.before * 60 * work.speed
        return f"{page.url}?t={int(seconds)}" if seconds else page.url or ""
    return stop.address if stop else page.url or ""


def _were(
    plan: WeeklyPlan, slots: Sequence[Slot], work: Work, new_days: Mapping[int, date], *, zone: ZoneInfo, now: datetime
) -> list[PlannedSession]:
    """The sessions of the last days, each with what it held when it began, since the plan is what it is."""
    since = max(now - LOOKS_BACK, plan.changed_at)
    known = sessions_between(slots, zone, since, now)
    over = [row for row in known if row.starts_at >= since and _room(row, now) < LEAST_ROOM]
    found = []
    for session in over:
        following = [row.minutes for row in known if row.starts_at >= session.starts_at]
        pieces = pack(work.items(at=session.starts_at), following or [session.minutes]).sessions[0]
        if rows := [_was(piece, work, new_days) for piece in pieces]:
            found.append(PlannedSession(session, rows, past=True))
    return found


def _was(piece: Piece, work: Work, new_days: Mapping[int, date]) -> PlannedPiece:
    page = work.pages[piece.item.page_id]
    done = page.pk in work.completed
    moved_to = None if done else new_days.get(page.pk)
    return PlannedPiece(page, piece.minutes, page.url or "", last=piece.last, done=done, moved_to=moved_to)
