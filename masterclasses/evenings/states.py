"""What can truthfully be said of an evening at this moment. Pure."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

#: From this hour on, “today” is “tonight”.
NIGHT_FROM = 17


class State(StrEnum):
    ANNOUNCED = "announced"
    TODAY = "today"
    TONIGHT = "tonight"
    ON = "on"
    PREPARING = "preparing"
    WATCH = "watch"
    OVER = "over"
    CANCELLED = "cancelled"


#: In these, somebody may still come.
COMING = frozenset({State.ANNOUNCED, State.TODAY, State.TONIGHT, State.ON})


class Evening(Protocol):
    event_begins: Any
    event_zone: str
    event_cancelled: bool
    event_recorded: bool
    event_from: Any
    event_until: Any


def state_of(evening: Evening, *, now: datetime, watchable: bool) -> State | None:
    """`watchable` says whether its recording can be watched; None for what has no date."""
    if evening.event_from is None or evening.event_until is None:
        return None
    if evening.event_cancelled:
        return State.CANCELLED
    if now < evening.event_until:
        return _coming(evening, now)
    if watchable:
        return State.WATCH
    return State.PREPARING if evening.event_recorded else State.OVER


def _coming(evening: Evening, now: datetime) -> State:
    zone = ZoneInfo(evening.event_zone)
    begins = evening.event_from.astimezone(zone)
    if begins.date() > now.astimezone(zone).date():
        return State.ANNOUNCED
    if evening.event_begins is None:
        return State.TODAY
    if now >= evening.event_from:
        return State.ON
    return State.TONIGHT if begins.hour >= NIGHT_FROM else State.TODAY


def words_of(state: State) -> str:
    return {
        State.ANNOUNCED: _("Announced"),
        State.TODAY: _("Today"),
        State.TONIGHT: _("Tonight"),
        State.ON: _("On now"),
        State.PREPARING: _("The recording is being prepared"),
        State.WATCH: _("The recording is here"),
        State.OVER: _("Over; it was not recorded"),
        State.CANCELLED: _("Cancelled"),
    }[state]
