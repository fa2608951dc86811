"""What is said of an evening, moment by moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masterclasses.evenings.states import COMING, State, state_of, words_of

BEGINS = datetime(2026, 12, 3, 18, 30, tzinfo=UTC)
ENDS = BEGINS + timedelta(hours=2)


@dataclass
class Evening:
    event_begins: time | None = time(18, 30)
    event_zone: str = "Europe/London"
    event_cancelled: bool = False
    event_recorded: bool = True
    event_from: datetime | None = BEGINS
    event_until: datetime | None = ENDS


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (BEGINS - timedelta(days=3), State.ANNOUNCED),
        (BEGINS.replace(hour=0, minute=0) - timedelta(seconds=1), State.ANNOUNCED),
        (BEGINS.replace(hour=0, minute=0), State.TONIGHT),
        (BEGINS - timedelta(seconds=1), State.TONIGHT),
        (BEGINS, State.ON),
        (ENDS - timedelta(seconds=1), State.ON),
        (ENDS, State.PREPARING),
    ],
)
def test_an_evening_goes_from_announced_to_its_recording(now, state):
    assert state_of(Evening(), now=now, watchable=False) == state


def test_the_recording_is_promised_only_where_one_is_made():
    later = ENDS + timedelta(days=1)

    assert state_of(Evening(event_recorded=False), now=later, watchable=False) == State.OVER
    assert state_of(Evening(event_recorded=False), now=later, watchable=True) == State.WATCH
    assert state_of(Evening(), now=later, watchable=True) == State.WATCH


def test_an_afternoon_is_not_tonight():
    noon = Evening(event_begins=time(12), event_from=BEGINS.replace(hour=12, minute=0))

    assert state_of(noon, now=BEGINS.replace(hour=8), watchable=False) == State.TODAY


def test_what_has_no_date_has_no_state():
    assert state_of(Evening(event_from=None, event_until=None), now=BEGINS, watchable=True) is None


@given(st.timedeltas(min_value=timedelta(days=-900), max_value=timedelta(days=900)), st.booleans(), st.booleans())
def test_nobody_is_asked_to_come_to_what_is_cancelled_or_over(away, cancelled, watchable):
    now = BEGINS + away
    state = state_of(Evening(event_cancelled=cancelled), now=now, watchable=watchable)

    assert (state in COMING) == (not cancelled and now < ENDS)
    assert words_of(state)
