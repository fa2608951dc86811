"""Confirmations, notices and passwords never wait behind a run of digests."""

from __future__ import annotations

import inspect

import pytest

from digests import mail
from digests.delivery import sending
from digests.models import Delivery
from jobs.models import Mail
from jobs.registry import kind_of
from tests.architecture import compose
from tests.factories.digests import DeliveryFactory, SubscriberFactory, new_article

pytestmark = pytest.mark.django_db


def test_they_go_by_another_queue_with_a_worker_of_its_own():
    assert (kind_of(Mail).queue, kind_of(Delivery).queue) == ("mail-now", "mail-bulk")
    assert ["mail-now"] in compose.worker_queues().values()


def test_a_sender_of_digests_gives_its_worker_back_after_seconds(sink):
    new_article()
    sink.seconds_to_answer = 0.2
    for _reader in range(8):
        DeliveryFactory()

    assert sending.send_due(seconds=0.3) is True

    assert 0 < len(sink.raw) < 8
    assert inspect.signature(sending.send_due).parameters["seconds"].default <= 5


def test_a_confirmation_is_sent_while_a_thousand_digests_wait(django_capture_on_commit_callbacks, woken):
    DeliveryFactory()
    with django_capture_on_commit_callbacks(execute=True):
        mail.send_confirmation(SubscriberFactory(pending=True))

    assert woken == ["jobs.deliver_mail"]
    assert Mail.objects.get().status == "waiting"
