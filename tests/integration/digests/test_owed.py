"""Who changes their preferences while the tick is late: the latest period is made, those before it are missed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digests import actions
from digests.delivery.accounting import account_of
from digests.delivery.materialise import materialise
from digests.models import Delivery, Run, Subscriber
from digests.periods import Rhythm, due_periods, next_period
from tests.factories.digests import SubscriberFactory, wish

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)


def daily_reader(*, days: int = 0) -> Subscriber:
    """Gets a digest each day at eleven; the first of them was due so many days ago, and no tick has come since."""
    due_at = NOON.replace(hour=11) - timedelta(days=days)
    return SubscriberFactory.create(rhythm="daily", hour=11, time_zone="UTC", next_due_at=due_at)


def to_another_hour(reader: Subscriber, now: datetime = NOON) -> None:
    actions.change(subscriber=reader, wish=wish(rhythm="daily", hour=15, time_zone="UTC"), now=now)


def rows() -> list[tuple]:
    """All that a row says, but for its own numbers and the moment at which it was written."""
    left_out = {"id", "subscriber_id", "run_id", "message_id", "finished_at", "created_at"}
    names = [f.attname for f in Delivery._meta.local_concrete_fields if f.attname not in left_out]
    return list(Delivery.objects.order_by("due_at").values_list(*names, "run__key"))


def test_periods_that_were_missed_before_a_change_are_recorded():
    reader = daily_reader(days=3)

    to_another_hour(reader)
    materialise(NOON)

    found = dict(Delivery.objects.values_list("period_key", "outcome"))
    missed = {f"daily 2026-06-0{day}": "missed" for day in (7, 8, 9)}
    assert found == missed | {"daily 2026-06-10": "open"}
    assert all(row.reason and row.finished_at for row in Delivery.objects.filter(outcome="missed"))
    assert set(Run.objects.values_list("key", flat=True)) == set(found)
    assert (reader.last_due_at, reader.next_due_at) == (NOON.replace(hour=11), NOON.replace(day=11, hour=15))


def test_a_change_makes_the_rows_that_the_tick_would_have_made():
    reader = daily_reader(days=5)
    materialise(NOON)
    expected = rows()
    Delivery.objects.all().delete()
    Subscriber.objects.filter(pk=reader.pk).update(next_due_at=NOON.replace(hour=11) - timedelta(days=5))

    to_another_hour(reader)

    assert rows() == expected
    assert len({row.message_id for row in Delivery.objects.all()}) == 6


def test_a_sender_is_woken_for_what_a_change_makes(woken, django_capture_on_commit_callbacks):
    reader = daily_reader(days=2)

    with django_capture_on_commit_callbacks(execute=True):
        to_another_hour(reader)

    assert woken == ["digests.send"]


def test_a_change_with_nothing_due_makes_no_row_and_wakes_nobody(woken, django_capture_on_commit_callbacks):
    reader = daily_reader(days=-1)

    with django_capture_on_commit_callbacks(execute=True):
        to_another_hour(reader)

    assert not Delivery.objects.exists()
    assert woken == []


def test_a_closed_run_opens_for_the_latest_period_alone():
    reader = daily_reader(days=1)
    for key in ("daily 2026-06-09", "daily 2026-06-10"):
        Run.objects.create(key=key, state=Run.State.CLOSED)

    to_another_hour(reader)

    assert dict(Run.objects.values_list("key", "state")) == {"daily 2026-06-09": "closed", "daily 2026-06-10": "going"}


def test_a_change_after_a_year_of_silence_costs_hardly_more_than_one_after_a_day():
    costs = []
    for days in (1, 30, 150, 365):
        Delivery.objects.all().delete()
        Run.objects.all().delete()
        reader = daily_reader(days=days)
        with CaptureQueriesContext(connection) as queries:
            to_another_hour(reader)
        costs.append(len(queries))
        assert Delivery.objects.count() == days + 1

    assert costs[0] == costs[1]
    assert costs[3] - costs[0] <= 7, costs  # statements hold so many runs and two hundred periods


def test_the_tick_makes_missed_periods_of_many_readers_by_one_statement(django_assert_max_num_queries):
    for _reader in range(3):
        daily_reader(days=40)

    with django_assert_max_num_queries(16):
        assert materialise(NOON) == 3

    assert account_of().by_outcome["missed"] == 120


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rhythm=st.sampled_from(Rhythm),
    then=st.sampled_from(Rhythm),
    zone=st.sampled_from(["UTC", "Pacific/Auckland", "America/New_York", "Africa/Casablanca"]),
    hour=st.integers(0, 23),
    days=st.integers(0, 120),
    again=st.booleans(),
)
def test_candidates_are_always_what_became_of_them(rhythm, then, zone, hour, days, again):
    Delivery.objects.all().delete()
    Subscriber.objects.all().delete()
    reader = SubscriberFactory.create(rhythm=rhythm, hour=hour, time_zone=zone, weekday=2, month_day=31)
    first = next_period(reader.schedule, after=NOON).due_at
    Subscriber.objects.filter(pk=reader.pk).update(next_due_at=first)
    reader.refresh_from_db()
    now = NOON + timedelta(days=days, minutes=7)
    due = [period.key for period in due_periods(reader.schedule, first=first, now=now)]

    for _time in range(1 + again):
        actions.change(subscriber=reader, wish=wish(rhythm=then, hour=hour, time_zone=zone), now=now)
    materialise(now)

    account = account_of()
    assert account.adds_up
    assert account.candidates == len(due)
    assert [row.period_key for row in Delivery.objects.order_by("due_at")] == due
    assert account.by_outcome["open"] == bool(due)
    assert account.by_outcome["missed"] == max(len(due) - 1, 0)
