"""Row 2.8: however a reader moves house and changes their mind, and however long the server sleeps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import available_timezones

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from digests import actions
from digests.delivery.materialise import materialise
from digests.models import Delivery, Subscriber
from digests.periods import LEAST_GAP, Rhythm, due_periods
from tests.factories.digests import SubscriberFactory, wish

ZONES = st.sampled_from(sorted(available_timezones()))
HOURS = st.integers(0, 23)
#: Of the northern summer, so that clocks go back, forward and, on an island, by half an hour in the year that follows.
BEGINNING = datetime(2026, 7, 1, 12, tzinfo=UTC)


class Reader(RuleBasedStateMachine):
    """One reader, whose digests are made by a tick that comes when it comes."""

    @initialize(zone=ZONES, hour=HOURS)
    def begin(self, zone: str, hour: int) -> None:
        Delivery.objects.all().delete()
        Subscriber.objects.all().delete()
        self.now = BEGINNING
        self.reader: Subscriber = SubscriberFactory.create(
            rhythm="daily", time_zone=zone, hour=hour, next_due_at=BEGINNING
        )
        self.rhythms: dict[str, Rhythm] = {}

    @rule(minutes=st.integers(1, 60 * 30))
    def the_tick_comes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        self.tick()

    @rule(days=st.integers(2, 45))
    def the_server_sleeps(self, days: int) -> None:
        self.now += timedelta(days=days, minutes=7)
        self.tick()

    @rule(minutes=st.integers(1, 60 * 30))
    def the_tick_is_late(self, minutes: int) -> None:
        """Whoever changes something now does so with a digest that is due and not made."""
        self.now += timedelta(minutes=minutes)

    @rule()
    def two_ticks_come_at_once(self) -> None:
        self.tick()
        self.tick()

    @rule(zone=ZONES)
    def the_reader_moves(self, zone: str) -> None:
        self.change(time_zone=zone)

    @rule(rhythm=st.sampled_from(Rhythm), hour=HOURS, weekday=st.integers(1, 7), month_day=st.integers(1, 31))
    def the_reader_wants_it_otherwise(self, **wanted: object) -> None:
        self.change(**wanted)

    def change(self, **wanted: object) -> None:
        self.reader.refresh_from_db()
        self.rhythm_of_new_ones()
        owed = self.owed()
        names = ("rhythm", "hour", "weekday", "month_day", "time_zone")
        now = {name: getattr(self.reader, name) for name in names}
        actions.change(subscriber=self.reader, wish=wish(**(now | wanted)), now=self.now)
        self.rhythm_of_new_ones(rhythm=now["rhythm"])
        assert owed <= set(Delivery.objects.values_list("period_key", flat=True))

    def owed(self) -> set[str]:
        """The key of the period whose digest is due and not made."""
        assert self.reader.next_due_at
        due = due_periods(self.reader.schedule, first=self.reader.next_due_at, now=self.now)
        return {period.key for period in due[-1:]}

    def rhythm_of_new_ones(self, rhythm: str = "") -> None:
        for key in Delivery.objects.values_list("period_key", flat=True):
            self.rhythms.setdefault(key, Rhythm(rhythm or self.reader.rhythm))

    def tick(self) -> None:
        self.reader.refresh_from_db()
        materialise(self.now)
        self.rhythm_of_new_ones()

    @invariant()
    def no_two_digests_come_soon_after_each_other(self) -> None:
        sent = list(Delivery.objects.exclude(status="cancelled").order_by("due_at"))
        for earlier, later in pairwise(sent):
            gaps = [LEAST_GAP[self.rhythms[row.period_key]] for row in (earlier, later)]
            assert later.due_at - earlier.due_at >= min(gaps)

    @invariant()
    def what_is_promised_is_of_a_period_that_has_none_yet(self) -> None:
        if hasattr(self, "reader"):
            self.reader.refresh_from_db()
            due_at = self.reader.next_due_at
            promised = due_periods(self.reader.schedule, first=due_at, now=due_at) if due_at else []
            assert not Delivery.objects.filter(period_key__in=[period.key for period in promised]).exists()

    @invariant()
    def a_due_digest_waits_for_nothing_but_the_tick(self) -> None:
        if hasattr(self, "reader"):
            self.reader.refresh_from_db()
            assert self.reader.next_due_at is not None

    def teardown(self) -> None:
        """Left alone from now on, the reader gets one in every period."""
        if not hasattr(self, "reader"):
            return
        self.change(rhythm="daily")
        self.tick()
        before = Delivery.objects.count()
        for _day in range(6):
            self.now += timedelta(days=1)
            self.tick()
        assert Delivery.objects.count() - before in (5, 6, 7)


@pytest.mark.django_db
def test_nobody_gets_two_soon_or_none_at_all_whatever_changes(monkeypatch):
    monkeypatch.setattr("digests.delivery.materialise.wake_senders", lambda _made: None)
    run_state_machine_as_test(
        Reader,
        settings=settings(
            max_examples=12, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


MONDAY = datetime(2026, 7, 6, 8, tzinfo=UTC)
HALF_A_MINUTE = timedelta(seconds=30)


@pytest.fixture
def reader():
    """Gets a digest on Mondays at eight; this week's is due, and the tick is half a minute late."""
    return SubscriberFactory.create(
        rhythm="weekly", weekday=0, hour=8, time_zone="UTC", next_due_at=MONDAY, last_due_at=MONDAY - timedelta(days=7)
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wanted", "then"),
    [
        ({"hour": 7}, "2026-07-13 07:00"),
        ({"hour": 18}, "2026-07-13 18:00"),
        ({"weekday": 4}, "2026-07-17 08:00"),
        ({"rhythm": "monthly", "month_day": 1}, "2026-08-01 08:00"),
        ({"rhythm": "monthly", "month_day": 10}, "2026-08-10 08:00"),
        ({"rhythm": "monthly", "month_day": 13}, "2026-07-13 08:00"),
        ({"rhythm": "daily"}, "2026-07-07 08:00"),
        ({"time_zone": "Pacific/Auckland"}, "2026-07-12 20:00"),
    ],
    ids=str,
)
def test_what_was_due_before_a_change_comes_once_and_the_next_by_the_new_rhythm(reader, wanted, then):
    same = {"rhythm": "weekly", "weekday": 0, "hour": 8, "time_zone": "UTC"}

    actions.change(subscriber=reader, wish=wish(**(same | wanted)), now=MONDAY + HALF_A_MINUTE)
    materialise(MONDAY + 2 * HALF_A_MINUTE)

    made = Delivery.objects.get()
    assert (made.period_key, made.due_at, made.status) == ("weekly 2026-W28", MONDAY, "waiting")
    reader.refresh_from_db()
    assert (f"{reader.next_due_at:%Y-%m-%d %H:%M}", reader.last_due_at) == (then, MONDAY)


@pytest.mark.django_db
def test_a_period_that_has_had_its_digest_is_not_promised_again():
    """Monthly on the 1st, weekly in July, monthly on the last: July has had its own, and nobody is told otherwise."""
    reader = SubscriberFactory.create(
        rhythm="monthly", month_day=1, hour=8, time_zone="UTC", next_due_at=datetime(2026, 7, 1, 8, tzinfo=UTC)
    )
    materialise(datetime(2026, 7, 1, 8, 1, tzinfo=UTC))
    same = {"hour": 8, "time_zone": "UTC"}

    actions.change(subscriber=reader, wish=wish(rhythm="weekly", weekday=0, **same), now=MONDAY)
    materialise(MONDAY + timedelta(days=7))
    actions.change(subscriber=reader, wish=wish(rhythm="monthly", month_day=31, **same), now=MONDAY + timedelta(days=8))

    reader.refresh_from_db()
    assert f"{reader.next_due_at:%Y-%m-%d}" == "2026-08-31"


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "made"), [(30, 0), (-1, 1)], ids=["that begins", "that is over"])
def test_of_a_pause_only_one_that_is_still_to_come_keeps_back_what_is_due(reader, days, made):
    until = MONDAY.date() + timedelta(days=days)
    wanted = wish(rhythm="weekly", weekday=0, hour=8, time_zone="UTC", paused_until=until)

    actions.change(subscriber=reader, wish=wanted, now=MONDAY + HALF_A_MINUTE)

    assert Delivery.objects.count() == made
