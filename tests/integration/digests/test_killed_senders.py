"""Real workers that are killed, and stopped in good order, while they send to a real mail server."""

from __future__ import annotations

import signal
from datetime import timedelta

import pytest
from django.utils import timezone

from digests import selectors
from digests.delivery.accounting import account_of
from digests.delivery.ledger import wake_senders
from digests.models import Delivery
from jobs import sweeper
from jobs.mail import send_mail_later
from jobs.models import Mail
from portal.quickstart import processes
from tests.factories.digests import DeliveryFactory, new_article
from tests.processes import Worker, publish_to_workers, running, suite_environment, wait_for

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


def test_senders_that_are_stopped_cold_leave_no_row_behind(senders, sink):
    """Row 2.4: wherever that interrupts a sender, in the midst of a commit too."""
    new_article()
    sink.seconds_to_answer = 0.1
    readers = READERS * 7  # Celery lets what runs go on for three seconds, and each sender is to be stopped at work
    for _reader in range(readers):
        DeliveryFactory()
    for _stop in range(2):
        before = len(sink.raw)
        senders.start()
        wake_senders(readers * 10)
        wait_for(lambda before=before: len(sink.raw) >= before + 5)
        senders.stop(signal.SIGQUIT, all_at_once=False)
        senders.wait_for_all()
        let_leases_run_out()
    senders.start()
    wake_senders(readers * 10)
    wait_for(lambda: not Delivery.objects.open().exists())

    assert set(selectors.accounting()) <= {"sent", "unknown"}
    assert sum(selectors.accounting().values()) == readers
    assert account_of().adds_up
    assert max(sink.copies().values()) <= 2


def test_on_one_machine_a_run_of_digests_keeps_no_confirmation_waiting(transactional_db, sink, tmp_path, monkeypatch):
    """Row 1.5 for mail, with the workers of quickstart and a mail server that is slow with digests."""
    publish_to_workers("mail-bulk", tmp_path, monkeypatch)
    publish_to_workers("mail-now", tmp_path, monkeypatch)
    new_article()
    for _reader in range(READERS):
        DeliveryFactory()
    sink.seconds_to_answer = 0.5
    environment = suite_environment(tmp_path, EMAIL_URL=f"smtp://127.0.0.1:{sink.port}")
    bulk, work = (processes.worker(name)[2:] for name in ("bulk", "work"))
    work.remove("--beat")
    with (
        running(bulk, environment, tmp_path / "bulk.log"),
        running(work, environment, tmp_path / "work.log"),
    ):
        wake_senders(READERS * 10)
        wait_for(lambda: len(sink.raw) >= 2)
        for number in range(10):
            send_mail_later(recipient=f"new{number}@example.org", subject="Please confirm", text="Yes.")
        confirmations = Mail.objects.filter(subject="Please confirm", status="done")
        wait_for(lambda: confirmations.count() == 10)
        still_open = Delivery.objects.open().exists()

    assert still_open, "the digests were still on their way"
    assert max((mail.finished_at - mail.created_at).total_seconds() for mail in confirmations) < 10


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
        senders.wait_for_all()
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
