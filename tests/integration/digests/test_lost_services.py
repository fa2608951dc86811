"""Rows 2.3 and 2.19: the database goes away between the 250 and our commit; the broker loses everything."""

from __future__ import annotations

import os
import signal
import subprocess
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import OperationalError, connection
from django.utils import timezone
from redis import Redis
from redis.exceptions import RedisError

from digests import selectors
from digests.delivery import ledger, sending
from digests.delivery.accounting import account_of
from digests.delivery.ledger import wake_senders
from digests.models import Delivery
from jobs import sweeper
from portal.celery import app
from tests.factories.digests import DeliveryFactory, new_article
from tests.integration.digests.sink import free_port
from tests.processes import Worker, publish_to_workers, suite_environment, wait_for
from tests.proxy import Proxy

READERS = 12
ON_SERVICES = connection.vendor == "postgresql" and bool(os.environ.get("REDIS_URL"))


def sweep() -> None:
    """What minutes would do: leases run out, and forgotten rows are woken."""
    Delivery.objects.running().update(lease_until=timezone.now() - timedelta(seconds=1))
    Delivery.objects.waiting().update(next_try_at=timezone.now() - timedelta(minutes=1))
    sweeper.sweep()


def sweep_and_wake(*, lost: bool = False) -> None:
    """`lost`: leases have run out, too. Two seconds are what a lease may be, for the workers here are quick."""
    if lost:
        long_ago = timezone.now() + Delivery.lease_for - timedelta(seconds=2)
        Delivery.objects.running().filter(lease_until__lt=long_ago).update(lease_until=timezone.now())
    Delivery.objects.waiting().update(next_try_at=timezone.now() - timedelta(minutes=1))
    sweeper.sweep()
    wake_senders(200)


def assert_nobody_is_forgotten(sink) -> None:
    account = account_of()
    assert account.adds_up
    assert account.is_closed
    assert set(selectors.accounting()) <= {"sent", "unknown"}
    copies = sink.copies()
    assert len(copies) == READERS
    assert max(copies.values()) <= 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("losses", [1, 2])
def test_a_database_that_goes_away_after_the_250_makes_no_failure_of_it(sink, monkeypatch, losses):
    new_article()
    for _reader in range(READERS):
        DeliveryFactory()
    end_as_sent, calls = ledger.end_as_sent, []

    def end_or_lose(row, values):
        calls.append(row.pk)
        if calls.count(row.pk) <= losses and len(set(calls)) % 4 == 0:
            raise OperationalError("server closed the connection unexpectedly")
        return end_as_sent(row, values)

    monkeypatch.setattr(ledger, "end_as_sent", end_or_lose)
    for _round in range(4):
        sending.send_due()
        sweep()

    assert_nobody_is_forgotten(sink)
    assert sum(sink.copies().values()) == READERS + (losses - 1) * READERS // 4


if ON_SERVICES:

    @pytest.fixture
    def woken() -> None:
        """Here wake-ups are real."""

    @pytest.mark.processes
    @pytest.mark.django_db(transaction=True)
    def test_connections_that_are_cut_between_the_250_and_the_commit_lose_nobody(woken, sink, tmp_path, monkeypatch):
        new_article()
        for _reader in range(READERS):
            DeliveryFactory()
        database = urlsplit(suite_environment(tmp_path)["DATABASE_URL"])
        proxy = Proxy(database.hostname or "127.0.0.1", database.port or 5432)
        way = f"{database.username or 'postgres'}@127.0.0.1:{proxy.port}"
        url = database._replace(netloc=way).geturl()
        sink.before_the_answer = lambda: proxy.cut(away_for=0.3) if len(sink.raw) % 4 == 0 else None
        publish_to_workers("mail-bulk", tmp_path, monkeypatch)
        senders = Worker(tmp_path, "mail-bulk", pool=2, EMAIL_URL=f"smtp://127.0.0.1:{sink.port}", DATABASE_URL=url)
        senders.start()
        try:
            wait_for(lambda: sweep_and_wake(lost=True) or not Delivery.objects.open().exists())
        finally:
            senders.stop(signal.SIGKILL)
            proxy.stop()

        assert proxy.cuts >= READERS // 4
        assert_nobody_is_forgotten(sink)

    @pytest.mark.processes
    @pytest.mark.django_db(transaction=True)
    def test_a_broker_that_forgets_everything_and_starts_again_loses_nobody(woken, sink, tmp_path, monkeypatch):
        port = free_port()
        url = f"redis://127.0.0.1:{port}/0"
        command = ["redis-server", "--port", str(port), "--save", "", "--dir", str(tmp_path)]
        broker = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        wait_for(lambda: _answers(port))
        monkeypatch.setitem(app.conf, "broker_write_url", url)
        new_article()
        for _reader in range(READERS):
            DeliveryFactory()
        sink.seconds_to_answer = 0.2
        senders = Worker(
            tmp_path, "mail-bulk", pool=2, EMAIL_URL=f"smtp://127.0.0.1:{sink.port}", REDIS_URL=url, CACHE_URL=url
        )
        senders.start()
        try:
            wake_senders(200)
            wait_for(lambda: len(sink.raw) >= READERS // 3)
            Redis(port=port).flushall()
            wait_for(lambda: len(sink.raw) >= READERS // 2)
            broker.kill()
            broker.wait()
            broker = subprocess.Popen(command, stdout=subprocess.DEVNULL)
            wait_for(lambda: _answers(port))
            wait_for(lambda: sweep_and_wake() or not Delivery.objects.open().exists())
        finally:
            senders.stop(signal.SIGKILL)
            broker.kill()
            broker.wait()

        assert selectors.accounting() == {"sent": READERS}
        assert set(sink.copies().values()) == {1}


def _answers(port: int) -> bool:
    try:
        return bool(Redis(port=port, socket_timeout=1).ping())
    except RedisError:
        return False
