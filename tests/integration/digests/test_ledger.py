"""What is due becomes a row once, whoever ticks, however often, however late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from digests import actions, selectors
from digests.delivery.ledger import purge_unconfirmed
from digests.delivery.materialise import materialise
from digests.models import Delivery, Subscriber
from digests.tasks import tick
from jobs.models import Tick
from tests.factories.digests import DeliveryFactory, SubscriberFactory, marketplace, wish

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)


def due_reader(*, hour: int = 11, days: int = 0, **fields):
    """Somebody whose daily digest was first due at that hour, so many days ago."""
    due_at = NOON.replace(hour=hour) - timedelta(days=days)
    return SubscriberFactory(next_due_at=due_at, rhythm="daily", hour=hour, time_zone="UTC", **fields)


def test_a_due_subscriber_gets_one_row_and_a_worker_is_woken(woken):
    due_reader()
    assert materialise(NOON) == 1
    row = Delivery.objects.get()
    assert (row.period_key, row.due_at, row.outcome) == ("daily 2026-06-10", NOON - timedelta(hours=1), "open")
    assert Subscriber.objects.get().next_due_at == NOON + timedelta(hours=23)
    assert woken == ["digests.send"]


def test_nobody_else_gets_one():
    SubscriberFactory(next_due_at=NOON + timedelta(seconds=1))
    SubscriberFactory(pending=True)
    SubscriberFactory(left=True)
    SubscriberFactory(suppressed=True)
    assert materialise(NOON) == 0
    assert not Delivery.objects.exists()


def test_ticking_again_makes_no_second_row():
    due_reader()
    for _tick in range(10):
        materialise(NOON)
    assert Delivery.objects.count() == 1


def test_a_tick_that_was_cut_off_before_it_moved_the_subscriber_on_makes_no_second_row():
    reader = due_reader()
    before = Subscriber.objects.filter(pk=reader.pk).values("next_due_at", "last_due_at").get()
    materialise(NOON)
    Subscriber.objects.filter(pk=reader.pk).update(**before)
    materialise(NOON)
    assert Delivery.objects.count() == 1


def test_after_three_days_of_silence_one_digest_goes_and_the_others_are_missed():
    due_reader(days=3)
    materialise(NOON)
    assert selectors.accounting() == {"missed": 3, "open": 1}
    assert Delivery.objects.get(outcome="open").period_key == "daily 2026-06-10"
    assert all(row.reason for row in Delivery.objects.filter(outcome="missed"))


def test_after_three_hours_of_silence_nothing_is_missed():
    due_reader(hour=9)
    materialise(NOON)
    assert selectors.accounting() == {"open": 1}


def test_a_hundred_and_more_are_done_in_a_constant_number_of_queries(django_assert_max_num_queries):
    for _reader in range(120):
        due_reader()
    with django_assert_max_num_queries(16):
        assert materialise(NOON) == 120


def test_who_left_is_not_due():
    reader = due_reader()
    actions.unsubscribe(subscriber=reader, place="test")
    assert materialise(NOON) == 0


def test_the_database_refuses_a_second_row_for_a_period():
    row = DeliveryFactory()
    with pytest.raises(IntegrityError):
        DeliveryFactory(subscriber=row.subscriber, period_key=row.period_key)


def test_who_never_confirms_is_forgotten_after_seven_days():
    now = timezone.now()
    old = SubscriberFactory(pending=True, created_at=now - timedelta(days=7, seconds=1))
    young = SubscriberFactory(pending=True, created_at=now - timedelta(days=6))
    asked_again = SubscriberFactory(pending=True, created_at=now - timedelta(days=9), asked_at=now - timedelta(days=1))
    confirmed = SubscriberFactory(created_at=now - timedelta(days=90))
    left = SubscriberFactory(left=True, created_at=now - timedelta(days=90))
    assert purge_unconfirmed(now) == 1
    assert set(Subscriber.objects.all()) == {young, asked_again, confirmed, left}
    assert old not in Subscriber.objects.all()


def test_the_tick_says_that_it_ran():
    tick()
    assert Tick.objects.filter(name="digests.tick").exists()


def test_changing_the_rhythm_brings_no_second_digest_soon():
    reader = due_reader()
    materialise(NOON)
    reader.refresh_from_db()
    actions.change(subscriber=reader, wish=wish(rhythm="daily", hour=13, time_zone="UTC"), now=NOON)
    assert reader.next_due_at == NOON + timedelta(hours=25)


class TestAccounting(TestCase):
    ends = st.lists(
        st.sampled_from(["waiting", "running", "sent", "skipped", "failed", "unknown", "cancelled"]), max_size=20
    )

    @given(ends=ends)
    @hypothesis_settings(max_examples=20, deadline=None)
    def test_candidates_are_sent_failed_skipped_missed_unknown_and_open(self, ends):
        fields = {
            "waiting": {},
            "running": {"status": "running", "lease_until": NOON, "claim_token": "0" * 32},
            "sent": {"status": "done", "copies": 1},
            "skipped": {"status": "done", "skip": "nothing_new"},
            "failed": {"status": "failed", "reason": "No."},
            "unknown": {"status": "failed", "reason": "Who knows?", "copies": 2},
            "cancelled": {"status": "cancelled"},
        }
        names = {"waiting": "open", "running": "open", "cancelled": "missed"}
        reader = SubscriberFactory(areas=[marketplace()])
        for end in ends:
            DeliveryFactory(subscriber=reader, **fields[end])
        accounting = selectors.accounting()
        assert sum(accounting.values()) == len(ends)
        expected = [names.get(end, end) for end in ends]
        assert accounting == {name: expected.count(name) for name in set(expected)}
