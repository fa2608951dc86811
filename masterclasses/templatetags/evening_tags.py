"""Evenings on pages: where one stands, and which comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone

from home.models import Area
from masterclasses.evenings import listing
from masterclasses.evenings.states import COMING, State, state_of, words_of
from masterclasses.models import MasterclassPage

register = template.Library()


@dataclass(frozen=True)
class Told:
    """`begins` and `ends` are on a clock there; `hours` says whether they are known."""

    page: MasterclassPage
    state: State
    words: str
    begins: datetime
    ends: datetime

    @property
    def coming(self) -> bool:
        return self.state in COMING

    @property
    def hours(self) -> bool:
        return self.page.event_begins is not None


@register.simple_tag
def evening_of(page: Any) -> Told | None:
    """What can be said of the evening of this masterclass now; None for one without a date."""
    now = timezone.now()
    if not getattr(page, "event_from", None):
        return None
    over = page.event_until <= now and not page.event_cancelled
    state = state_of(page, now=now, watchable=bool(over and page.pk and listing.is_watchable(page)))
    return _told(page, state) if state else None


@register.simple_tag
def next_evening(area: Area | str | None = None) -> Told | None:
    """The evening to which anybody may come next, of an area if one is given."""
    page = listing.coming(areas=[area] if isinstance(area, Area) else None).first()
    return evening_of(page) if page else None


def _told(page: Any, state: State) -> Told:
    clock = page.event_clock
    return Told(page, state, words_of(state), page.event_from.astimezone(clock), page.event_until.astimezone(clock))
