"""A wake-up leaves after the commit, never before, and a broker that is down or hangs breaks nothing."""

from __future__ import annotations

import socket
import time

import pytest
from django.db import transaction

from jobs import sweeper
from jobs.mail import send_mail_later
from jobs.models import LeasedRow, Mail
from jobs.wakeups import publish
from portal.celery import app
from tests.factories.jobs import fresh

pytestmark = pytest.mark.django_db


def queue_one() -> Mail:
    return send_mail_later(recipient="ann@example.org", subject="Hello", text="Hello")


@pytest.fixture
def redis_at(monkeypatch):
    """The portal with a Redis broker at this port of this machine."""

    def use(port: int) -> None:
        monkeypatch.setitem(app.conf, "broker_write_url", f"redis://127.0.0.1:{port}/0")

    return use


@pytest.mark.django_db(transaction=True)
def test_a_wake_up_leaves_after_the_outermost_commit(sent):
    with transaction.atomic():
        with transaction.atomic():
            mail = queue_one()
        assert sent == []
    assert sent == [("jobs.deliver_mail", (mail.pk,))]


def test_a_rollback_sends_no_wake_up_and_no_mail(sent, django_capture_on_commit_callbacks):
    @transaction.atomic
    def request() -> None:
        queue_one()
        raise RuntimeError("the request failed")

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError):
        request()
    assert sent == []
    assert not Mail.objects.exists()


def test_a_broker_that_is_down_breaks_no_request_and_the_next_sweep_wakes_the_row(
    redis_at, monkeypatch, django_capture_on_commit_callbacks
):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        redis_at(nobody.getsockname()[1])
        began = time.monotonic()
        with django_capture_on_commit_callbacks(execute=True):
            mail = queue_one()
        assert time.monotonic() - began < 2
    assert fresh(mail).status == LeasedRow.Status.WAITING
    monkeypatch.undo()
    Mail.objects.update(next_try_at=mail.next_try_at - sweeper.GRACE)
    assert sweeper.sweep() == (0, 1)


def test_a_broker_that_hangs_breaks_no_request_however_much_it_queues(redis_at, django_capture_on_commit_callbacks):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        redis_at(silent.getsockname()[1])
        began = time.monotonic()
        with django_capture_on_commit_callbacks(execute=True):
            mails = [queue_one() for _mail in range(5)]
        assert time.monotonic() - began < 2
    assert {fresh(mail).status for mail in mails} == {LeasedRow.Status.WAITING}


def test_a_wake_up_reaches_its_queue():
    with app.connection_for_read() as connection:
        connection.default_channel.queue_purge("events")  # what other tests of this process have left
        assert publish("jobs.worker_seen", "events", queue="events")
        message = connection.default_channel.basic_get("events", no_ack=True)
    assert message.headers["task"] == "jobs.worker_seen"


def test_a_queue_that_nobody_declared_is_refused_without_raising():
    assert publish("jobs.worker_seen", "x", queue="no-such-queue") is False
