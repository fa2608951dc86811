"""Rows that wait for an event and not for a time, and rows that are done once more."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from jobs import actions
from jobs.actions import LeaseLost
from jobs.models import LeasedRow, Mail
from jobs.sweeper import sweep
from tests.factories.jobs import MailFactory

pytestmark = pytest.mark.django_db
Status = LeasedRow.Status


def fresh(row: Mail) -> Mail:
    return Mail.objects.get(pk=row.pk)


@pytest.fixture
def parked() -> Mail:
    mail = MailFactory.create(running=True, attempts=3)
    actions.park(mail)
    return mail


def test_a_parked_row_waits_with_all_its_attempts_and_nobody_takes_it(parked):
    row = fresh(parked)
    assert (row.status, row.attempts, row.is_parked) == (Status.WAITING, 0, True)
    assert actions.claim(Mail, row.pk) is None
    assert actions.claim_next(Mail) is None
    assert sweep() == (0, 0)
    assert list(Mail.objects.parked()) == [row]


def test_only_the_holder_parks_a_row():
    mail = MailFactory.create(running=True)
    assert actions.cancel(fresh(mail), reason="Not wanted.")
    with pytest.raises(LeaseLost):
        actions.park(mail)
    assert fresh(mail).status == Status.CANCELLED


def test_what_it_waited_for_makes_it_due_once(parked):
    assert actions.resume(fresh(parked))
    assert Mail.objects.due(timezone.now()).get() == parked
    assert not actions.resume(fresh(parked))


def test_a_row_that_waits_for_a_time_is_not_resumed():
    mail = MailFactory.create()
    before = fresh(mail).next_try_at
    assert not actions.resume(mail)
    assert fresh(mail).next_try_at == before


def test_what_will_never_come_fails_a_parked_row_and_no_other(parked):
    running = MailFactory.create(running=True)
    assert not actions.fail_parked(running, reason="Nobody is left.")
    assert fresh(running).status == Status.RUNNING
    assert actions.fail_parked(fresh(parked), reason="Nobody is left.")
    assert (fresh(parked).status, fresh(parked).reason) == (Status.FAILED, "Nobody is left.")
    assert not actions.fail_parked(fresh(parked), reason="Again.")


def test_a_parked_row_can_be_cancelled(parked):
    assert actions.cancel(fresh(parked), reason="Not wanted.")
    assert fresh(parked).status == Status.CANCELLED


def test_a_done_row_is_done_once_more_and_no_other_is():
    done, failed = MailFactory.create(status=Status.DONE, attempts=2), MailFactory.create(failed=True)
    assert actions.do_again(done)
    assert (fresh(done).status, fresh(done).attempts, fresh(done).is_parked) == (Status.WAITING, 0, False)
    assert not actions.do_again(done)
    assert not actions.do_again(failed)
    assert fresh(failed).status == Status.FAILED


def test_the_jobs_page_says_of_a_parked_row_that_it_is_under_way_and_names_no_next_try(client, parked):
    client.force_login(get_user_model().objects.create_superuser(email="op@example.org", password="a long one"))
    page = client.get("/admin/jobs/").content.decode()
    assert "Under way in parts" in page
    assert "Under way since" in page
    assert "Next try" not in page
