"""Real workers that are killed, and stopped in good order, while they send to a real mail server."""

from __future__ import annotations

import signal
from datetime import timedelta

import pytest
from django.utils import timezone

from digests import selectors
from digests.delivery.ledger import wake_senders
from digests.models import Delivery
from jobs import sweeper
from tests.factories.digests import DeliveryFactory, new_article
from tests.processes import Worker, publish_to_workers, wait_for

pytestmark = [
    pytest.mark.processes,
    pytest.mark.django_db(transaction=True),
]
READERS = 24


@pytest.fixture(autouse=True)
def woken() -> None:
    """Here wake-ups are real."""


@pytest.fixture
def senders(transactional_db, sink, tmp_path, monkeypatch):
    """Two senders to start, on the mail server of the test, and this process publishing to their broker."""
    publish_to_workers("mail-bulk", tmp_path, monkeypatch)
    senders = Worker(tmp_path, "mail-bulk", pool=2, EMAIL_URL=f"smtp://127.0.0.1:{sink.port}")
    yield senders
    senders.stop(signal.SIGKILL)
    print(senders.log())


def let_leases_run_out() -> None:
    """What ten minutes would do: the sweeper finds what the dead have left."""
    Delivery.objects.running().update(lease_until=timezone.now() - timedelta(seconds=1))
    sweeper.sweep()


def test_killed_senders_leave_nobody_out_and_mail_nobody_three_times(senders, sink):
    new_article()
    sink.seconds_to_answer = 0.1
    rows = [DeliveryFactory() for _reader in range(READERS)]
    kills = 3
    for number in range(1, kills + 1):
        senders.start()
        wake_senders(READERS * 10)
        wait_for(lambda number=number: len(sink.raw) >= number * 4)
        senders.stop(signal.SIGKILL)
        let_leases_run_out()
    senders.start()
    wake_senders(READERS * 10)
    wait_for(lambda: not Delivery.objects.open().exists())

    accounting = selectors.accounting()
    assert set(accounting) <= {"sent", "unknown"}
    assert sum(accounting.values()) == READERS
    copies = sink.copies()
    assert max(copies.values()) <= 2
    assert sum(copies.values()) - len(copies) <= kills * 2
    for row in rows:
        row.refresh_from_db()
        assert row.outcome == "unknown" or copies[row.subscriber.email]
        assert copies[row.subscriber.email] <= row.copies


def test_senders_that_are_stopped_in_good_order_send_everything_once(senders, sink):
    new_article()
    sink.seconds_to_answer = 0.1
    for _reader in range(READERS):
        DeliveryFactory()
    senders.start()
    wake_senders(READERS * 10)
    wait_for(lambda: len(sink.raw) >= 4)
    senders.stop(signal.SIGTERM, all_at_once=False)
    assert not Delivery.objects.running().exists()
    assert selectors.accounting().get("sent", 0) == len(sink.raw)
    senders.start()
    wake_senders(READERS * 10)
    wait_for(lambda: not Delivery.objects.open().exists())
    assert selectors.accounting() == {"sent": READERS}
    assert set(sink.copies().values()) == {1}
