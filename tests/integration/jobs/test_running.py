"""The one place where tasks run rows: whatever the work does, the row ends in a state that says so."""

from __future__ import annotations

import logging
import signal
from datetime import timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import OperationalError
from django.utils import timezone

from jobs import actions, running
from jobs.models import LeasedRow, Mail
from jobs.running import Heartbeat, run
from tests.factories.jobs import MailFactory, fresh

pytestmark = pytest.mark.django_db
Status = LeasedRow.Status


def raising(error):
    def work(row):
        raise error

    return work


def test_work_that_returns_finishes_its_row():
    mail = MailFactory()
    run(Mail, mail.pk, lambda row: None)
    assert (fresh(mail).status, fresh(mail).attempts) == (Status.DONE, 1)


def test_work_may_end_its_row_itself():
    mail = MailFactory()
    run(Mail, mail.pk, lambda row: actions.fail(row, reason="Not a video."))
    assert (fresh(mail).status, fresh(mail).reason) == (Status.FAILED, "Not a video.")


def test_a_row_that_cannot_be_claimed_is_left_alone():
    mail = MailFactory(running=True)
    assert run(Mail, mail.pk, raising(AssertionError("worked on somebody else's row"))) is None
    assert run(Mail, 0, raising(AssertionError("worked on nothing"))) is None


def test_an_unexpected_error_is_logged_and_tried_again(caplog):
    mail = MailFactory()
    run(Mail, mail.pk, raising(KeyError("colour")))
    row = fresh(mail)
    assert row.status == Status.WAITING
    assert row.next_try_at > timezone.now()
    assert "KeyError: 'colour'" in row.reason
    assert caplog.records[0].exc_info


def test_the_last_unexpected_error_fails_the_row():
    mail = MailFactory(attempts=Mail.max_attempts - 1)
    run(Mail, mail.pk, raising(KeyError("colour")))
    assert fresh(mail).status == Status.FAILED


def test_too_long_a_work_is_tried_again_and_says_that_it_took_too_long():
    mail = MailFactory()
    run(Mail, mail.pk, raising(SoftTimeLimitExceeded()))
    assert (fresh(mail).status, fresh(mail).attempts) == (Status.WAITING, 1)
    assert "longer" in fresh(mail).reason


def test_work_that_lost_its_lease_stops_quietly(caplog):
    mail = MailFactory()

    def work(row):
        actions.cancel(fresh(row), reason="Not wanted.")
        actions.renew(row)
        raise AssertionError("went on")

    run(Mail, mail.pk, work)
    assert fresh(mail).status == Status.CANCELLED
    assert not [record for record in caplog.records if record.levelno > logging.INFO]


def test_an_error_after_the_lease_was_lost_changes_nothing():
    mail = MailFactory()

    def work(row):
        actions.cancel(fresh(row), reason="Not wanted.")
        raise KeyError("colour")

    run(Mail, mail.pk, work)
    assert fresh(mail).reason == "Not wanted."


def test_a_worker_that_is_stopped_gives_its_row_back_uncounted(monkeypatch):
    monkeypatch.setattr(running, "terminate_handler_fired", lambda: True)
    mail = MailFactory()
    with pytest.raises(SystemExit):
        run(Mail, mail.pk, raising(SystemExit()))
    assert (fresh(mail).status, fresh(mail).attempts) == (Status.WAITING, 0)


def test_work_that_exits_by_itself_is_counted_so_that_it_cannot_go_round_for_ever():
    mail = MailFactory()
    for _attempt in range(Mail.max_attempts):
        Mail.objects.filter(pk=mail.pk).update(next_try_at=timezone.now())
        with pytest.raises(SystemExit):
            run(Mail, mail.pk, raising(SystemExit()))
    assert (fresh(mail).status, fresh(mail).attempts) == (Status.FAILED, Mail.max_attempts)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGQUIT])
def test_a_second_signal_cannot_interrupt_the_giving_back(monkeypatch, number):
    handlers = []
    monkeypatch.setattr(running, "terminate_handler_fired", lambda: True)
    monkeypatch.setattr(running, "give_back", lambda row: handlers.append(signal.getsignal(number)))
    before = signal.getsignal(number)
    with pytest.raises(SystemExit):
        run(Mail, MailFactory().pk, raising(SystemExit()))
    assert handlers == [signal.SIG_IGN]
    assert signal.getsignal(number) == before


def test_a_heartbeat_renews_only_now_and_then():
    row = MailFactory(running=True, lease_until=timezone.now() + timedelta(seconds=30))
    leased_until = row.lease_until
    beat = Heartbeat(row)
    for _step in range(1000):
        beat(subject="never stored")
    assert fresh(row).lease_until == leased_until
    Heartbeat(row, every=timedelta(0))(subject="stored")
    assert (fresh(row).lease_until > leased_until, fresh(row).subject) == (True, "stored")


def test_a_heartbeat_tells_work_that_its_row_was_cancelled():
    row = actions.claim(Mail, MailFactory().pk)
    actions.cancel(fresh(row), reason="Not wanted.")
    with pytest.raises(actions.LeaseLost):
        Heartbeat(row, every=timedelta(0))()


def test_a_heartbeat_forgives_a_database_that_is_away_while_the_lease_lasts(monkeypatch):
    row = actions.claim(Mail, MailFactory().pk)

    def away(*_arguments, **_values):
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(running, "renew", away)
    beat = Heartbeat(row, every=timedelta(0))
    beat()
    row.lease_until = timezone.now()
    with pytest.raises(OperationalError):
        beat()
