"""The sweeper: lost leases go back or fail, forgotten rows are woken, and one bad row stops nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from jobs import registry, sweeper, tasks
from jobs.models import LeasedRow, Mail, Tick
from jobs.registry import JobKind
from jobs.selectors import last_tick, schedule_is_alive
from portal.celery import QUEUES, app
from tests.factories.jobs import MailFactory, fresh

pytestmark = pytest.mark.django_db
Status = LeasedRow.Status
MINUTE = timedelta(minutes=1)


@pytest.fixture
def mail_kind(monkeypatch):
    """Register mail with other properties, and as the only kind."""

    def change(**properties):
        kind = JobKind(model=Mail, label="Mail", task="jobs.deliver_mail", queue="mail-now", **properties)
        monkeypatch.setattr(registry, "_kinds", {Mail: kind})
        return kind

    return change


def test_a_lost_row_waits_again_and_is_woken_by_the_same_sweep(sent):
    row = MailFactory(lost=True)
    sweeper.sweep()
    assert fresh(row).status == Status.WAITING
    assert sent == [("jobs.deliver_mail", (row.pk,))]


def test_a_row_with_a_living_lease_is_left_alone(sent):
    row = MailFactory(running=True)
    sweeper.sweep()
    assert fresh(row).claim_token == row.claim_token
    assert sent == []


def test_a_row_that_nobody_woke_is_woken_after_half_a_minute(sent):
    MailFactory(next_try_at=timezone.now() - timedelta(seconds=20))
    forgotten = MailFactory(next_try_at=timezone.now() - timedelta(seconds=40))
    sweeper.sweep()
    assert sent == [("jobs.deliver_mail", (forgotten.pk,))]


def test_a_retry_is_woken_as_soon_as_it_is_due(sent):
    due = MailFactory(attempts=1, next_try_at=timezone.now() - timedelta(seconds=1))
    MailFactory(attempts=1, next_try_at=timezone.now() + MINUTE)
    sweeper.sweep()
    assert sent == [("jobs.deliver_mail", (due.pk,))]


def test_one_sweep_wakes_a_bounded_number_of_rows_the_longest_waiting_first(sent, mail_kind):
    mail_kind(wakes_per_sweep=3)
    rows = [MailFactory(next_try_at=timezone.now() - MINUTE * (10 - n)) for n in range(5)]
    sweeper.sweep()
    assert [arguments for _task, arguments in sent] == [(row.pk,) for row in rows[:3]]


@pytest.mark.parametrize(("rows", "wakes"), [(0, 0), (1, 1), (4, 1), (5, 2), (30, 3)])
def test_work_taken_in_chunks_gets_one_wake_up_for_each_chunk(sent, mail_kind, rows, wakes):
    mail_kind(wake_each=False, chunk=4, wakes_per_sweep=3)
    MailFactory.create_batch(rows, next_try_at=timezone.now() - MINUTE)
    sweeper.sweep()
    assert sent == [("jobs.deliver_mail", ())] * wakes


def test_a_row_whose_hook_breaks_does_not_stop_the_others(sent, monkeypatch):
    def break_for_one(self):
        if self.subject == "broken":
            raise RuntimeError("the hook broke")

    monkeypatch.setattr(Mail, "after_failure", break_for_one)
    broken, other = (MailFactory(lost=True, attempts=Mail.max_attempts, subject=s) for s in ("broken", "other"))
    sweeper.sweep()
    assert (fresh(broken).status, fresh(other).status) == (Status.RUNNING, Status.FAILED)
    assert last_tick(sweeper.SWEEP)


def test_a_broker_that_is_down_is_asked_once_and_the_next_sweep_wakes_everything(monkeypatch, sent):
    rows = MailFactory.create_batch(3, next_try_at=timezone.now() - MINUTE)
    asked = []

    def down(*_arguments, **_options):
        asked.append(1)
        raise ConnectionError("nobody there")

    with monkeypatch.context() as broken:
        broken.setattr(app, "send_task", down)
        assert sweeper.sweep() == (0, 0)
    assert (len(asked), {fresh(row).status for row in rows}) == (1, {Status.WAITING})
    assert sweeper.sweep() == (0, 3)
    assert len(sent) == 3


def test_the_number_of_queries_of_a_sweep_does_not_depend_on_how_many_rows_wait(sent, django_assert_num_queries):
    sweeper.sweep()
    for number in (2, 20):
        MailFactory.create_batch(number, next_try_at=timezone.now() - MINUTE)
        with django_assert_num_queries(2 * len(registry.kinds()) + 4):  # 4: the tick
            sweeper.sweep()


def test_the_schedule_counts_as_alive_for_some_minutes_after_a_sweep(sent):
    now = timezone.now()
    assert not schedule_is_alive(now)
    sweeper.sweep()
    assert schedule_is_alive(now + MINUTE * 3)
    assert not schedule_is_alive(now + MINUTE * 5)


def test_each_queue_is_asked_for_a_sign_of_life(sent):
    tasks.sweep()
    assert sent == [(sweeper.SEEN, (queue,)) for queue in QUEUES]
    tasks.worker_seen("transcode")
    assert last_tick("worker:transcode")
    assert Tick.objects.count() == 2


def test_the_schedule_sweeps_at_least_every_minute_and_piles_nothing_up():
    entry = app.conf.beat_schedule["jobs-sweep"]
    assert entry["task"] in app.tasks
    assert entry["schedule"] <= 60
    assert entry["options"]["queue"] == "periodic"
    assert entry["options"]["expires"] < entry["schedule"]
