"""Many at the same moment: one subscription, one confirmation, one copy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Thread

import pytest
from django.db import connection

from digests import actions, addresses, selectors
from digests.delivery import sending
from digests.delivery.materialise import materialise
from digests.models import ConsentReceipt, Delivery, Subscriber
from jobs.models import Mail
from tests.factories.digests import DeliveryFactory, SubscriberFactory, marketplace, new_article, wish

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(times: int, call: Callable[[], object]) -> None:
    errors: list[Exception] = []

    def run() -> None:
        try:
            call()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run) for _time in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors


def test_fifty_who_ask_for_one_address_bring_one_mail():
    wanted = wish()
    address = addresses.parse("reader@example.org")
    at_once(50, lambda: actions.ask(address=address, wish=wanted, words="Yes", place="test"))
    assert Subscriber.objects.count() == 1
    assert Mail.objects.count() == 1


def test_ten_who_leave_leave_one_receipt():
    reader = SubscriberFactory()
    at_once(10, lambda: actions.unsubscribe(subscriber=Subscriber.objects.get(pk=reader.pk), place="test"))
    assert ConsentReceipt.objects.count() == 1


def test_five_senders_send_each_digest_once(sink):
    new_article()
    for _row in range(15):
        DeliveryFactory()
    at_once(5, sending.send_due)
    assert selectors.accounting() == {"sent": 15}
    assert set(sink.copies().values()) == {1}
    assert len(sink.copies()) == 15


def test_ten_schedulers_make_one_row_for_each_reader():
    now = datetime(2026, 6, 10, 12, tzinfo=UTC)
    areas = [marketplace()]
    for _reader in range(20):
        SubscriberFactory(next_due_at=now, rhythm="daily", hour=12, time_zone="UTC", areas=areas)
    at_once(10, lambda: materialise(now))
    assert Delivery.objects.count() == 20
    assert not Subscriber.objects.due(now).exists()
