"""Each change of a leased row: what it does, and what it refuses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from jobs import actions
from jobs.actions import LeaseLost
from jobs.models import LeasedRow, Mail
from tests.factories.jobs import MailFactory, fresh

pytestmark = pytest.mark.django_db
Status = LeasedRow.Status
WRITES = {
    "renew": lambda row: actions.renew(row),
    "finish": lambda row: actions.finish(row),
    "fail": lambda row: actions.fail(row, reason="No."),
    "retry": lambda row: actions.retry(row, reason="Later."),
    "give_back": lambda row: actions.give_back(row),
}


def test_a_claim_counts_the_attempt_before_the_work_starts():
    row = actions.claim(Mail, MailFactory().pk)
    assert (row.status, row.attempts) == (Status.RUNNING, 1)
    assert row.claim_token
    assert row.lease_until > timezone.now() + Mail.lease_for * 0.9


def test_a_claimed_row_cannot_be_claimed():
    mail = MailFactory()
    assert actions.claim(Mail, mail.pk)
    assert actions.claim(Mail, mail.pk) is None


def test_a_row_cannot_be_claimed_before_its_time():
    mail = MailFactory(next_try_at=timezone.now() + timedelta(seconds=5))
    assert actions.claim(Mail, mail.pk) is None
    assert actions.claim(Mail, mail.pk, now=timezone.now() + timedelta(seconds=6))


def test_the_row_that_has_been_due_for_longest_is_claimed_first():
    now = timezone.now()
    later, sooner = (MailFactory(next_try_at=now - timedelta(minutes=m)) for m in (1, 2))
    assert [actions.claim_next(Mail), actions.claim_next(Mail), actions.claim_next(Mail)] == [sooner, later, None]


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_a_worker_whose_row_was_claimed_again_writes_nothing(write):
    stale = actions.claim(Mail, MailFactory().pk)
    later = timezone.now() + Mail.lease_for * 2
    assert actions.recover(fresh(stale), now=later)
    holder = actions.claim(Mail, stale.pk, now=later)
    before = fresh(stale).__dict__
    with pytest.raises(LeaseLost):
        write(stale)
    after = fresh(stale).__dict__
    assert {**after, "_state": None} == {**before, "_state": None}
    actions.finish(holder)


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_a_worker_whose_row_was_cancelled_writes_nothing(write):
    row = actions.claim(Mail, MailFactory().pk)
    assert actions.cancel(fresh(row), reason="Not wanted any more.")
    with pytest.raises(LeaseLost):
        write(row)
    assert fresh(row).status == Status.CANCELLED


def test_a_renewal_stores_progress_and_extends_the_lease():
    row = MailFactory(running=True, lease_until=timezone.now() + timedelta(seconds=30))
    before = row.lease_until
    actions.renew(row, subject="Half way")
    assert row.lease_until > before
    assert fresh(row).subject == row.subject == "Half way"


def test_a_renewal_between_the_sweepers_read_and_write_wins():
    row = MailFactory(lost=True)
    read_by_sweeper = Mail.objects.lost(timezone.now()).get()
    actions.renew(row)
    assert actions.recover(read_by_sweeper) is False
    assert fresh(row).claim_token == row.claim_token


def test_a_lost_row_waits_again_and_says_why():
    row = MailFactory(lost=True)
    assert actions.recover(row)
    assert (row.status, row.attempts, row.claim_token) == (Status.WAITING, 1, None)
    assert row.reason


def test_a_row_lost_on_its_last_attempt_fails_with_a_reason():
    row = MailFactory(lost=True, attempts=Mail.max_attempts)
    assert actions.recover(row)
    assert row.status == Status.FAILED
    assert str(Mail.max_attempts) in row.reason


def test_waits_grow_from_attempt_to_attempt():
    mail, now, waits = MailFactory(), timezone.now(), []
    for _attempt in range(Mail.max_attempts - 1):
        row = actions.claim(Mail, mail.pk, now=now)
        actions.retry(row, reason="The mailbox is busy.", now=now)
        waits.append(row.next_try_at - now)
        now = row.next_try_at
    assert waits == list(Mail.backoff)


def test_the_last_retry_fails_the_row():
    row = MailFactory(running=True, attempts=Mail.max_attempts)
    actions.retry(row, reason="The mailbox is busy.")
    assert (row.status, row.reason) == (Status.FAILED, "The mailbox is busy.")


def test_work_given_back_keeps_its_attempt_and_is_woken(sent, django_capture_on_commit_callbacks):
    row = actions.claim(Mail, MailFactory().pk)
    with django_capture_on_commit_callbacks(execute=True):
        actions.give_back(row)
    assert (row.status, row.attempts) == (Status.WAITING, 0)
    assert sent == [("jobs.deliver_mail", (row.pk,))]


def test_an_operator_gives_a_failed_row_all_its_attempts_again(sent, django_capture_on_commit_callbacks):
    row = MailFactory(failed=True)
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.start_again(row)
    assert (row.status, row.attempts, row.reason, row.finished_at) == (Status.WAITING, 0, "", None)
    assert sent == [("jobs.deliver_mail", (row.pk,))]


@pytest.mark.parametrize("row", [{}, {"running": True}, {"status": Status.DONE}])
def test_only_what_failed_or_was_cancelled_can_be_started_again(row, sent):
    mail = MailFactory(**row)
    assert actions.start_again(mail) is False
    assert fresh(mail).status == mail.status


def test_what_has_ended_cannot_be_cancelled():
    mail = MailFactory(failed=True)
    assert actions.cancel(mail, reason="Too late.") is False
    assert fresh(mail).status == Status.FAILED


@pytest.mark.parametrize(("write", "hook"), [("finish", "after_done"), ("fail", "after_failure")])
def test_a_hook_that_breaks_undoes_the_change_and_leaves_the_claim(write, hook, monkeypatch):
    row = actions.claim(Mail, MailFactory().pk)
    monkeypatch.setattr(Mail, hook, lambda self: MailFactory(pk=self.pk))
    with pytest.raises(IntegrityError):
        WRITES[write](row)
    assert row.status == fresh(row).status == Status.RUNNING
    actions.retry(row, reason="The hook broke.")
    assert fresh(row).status == Status.WAITING


def test_the_failure_hook_runs_for_the_sweeper_too(monkeypatch):
    told = []
    monkeypatch.setattr(Mail, "after_failure", lambda self: told.append((self.status, self.reason)))
    row = MailFactory(lost=True, attempts=Mail.max_attempts)
    actions.recover(row)
    assert told == [(Status.FAILED, row.reason)]


def test_reasons_fit_their_column_on_every_database():
    row = actions.claim(Mail, MailFactory().pk)
    actions.fail(row, reason="zero \x00 and " + "long " * 200)
    assert len(row.reason) == 500
    assert "\x00" not in row.reason


def test_the_database_refuses_a_failure_without_a_reason():
    row = actions.claim(Mail, MailFactory().pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.fail(row, reason=" ")
    assert fresh(row).status == Status.RUNNING


@pytest.mark.parametrize("broken", [{"status": Status.RUNNING}, {"lease_until": timezone.now()}])
def test_the_database_refuses_a_claim_without_a_holder_and_a_holder_without_a_claim(broken):
    mail = MailFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Mail.objects.filter(pk=mail.pk).update(**broken)
