"""Real worker processes that are killed and stopped in the middle of their work."""

from __future__ import annotations

import os
import signal
from datetime import timedelta

import pytest

from jobs import sweeper
from jobs.models import LeasedRow, Mail
from jobs.registry import kind_of
from jobs.wakeups import wake
from tests.factories.jobs import MailFactory, fresh
from tests.processes import Worker, publish_to_workers, wait_for

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
Status = LeasedRow.Status


class MailWorker(Worker):
    """It does with its mail what it is told: `send` it, `hang`, or `die`."""

    def will(self, mode: str) -> None:
        (self.data / "mode").write_text(mode)
        (self.data / "began").unlink(missing_ok=True)

    def has_begun(self) -> bool:
        return (self.data / "began").exists()


@pytest.fixture
def worker(transactional_db, tmp_path, monkeypatch):
    """A worker to start, and this process publishing to its broker."""
    publish_to_workers("mail-now", tmp_path, monkeypatch)
    monkeypatch.setattr(Mail, "lease_for", timedelta(seconds=1))
    monkeypatch.setattr(Mail, "max_attempts", 3)
    worker = MailWorker(
        tmp_path,
        "mail-now",
        DJANGO_SETTINGS_MODULE="tests.integration.jobs.worker_settings",
        REMAP_SIGTERM="SIGQUIT",  # as quickstart and the transcode container
    )
    yield worker
    worker.stop(signal.SIGKILL)
    print(worker.log())


def recovered(mail: Mail) -> Mail:
    """The row after the first sweep that found its lease expired."""
    wait_for(lambda: sweeper.sweep()[0])
    return fresh(mail)


def test_work_whose_workers_are_killed_is_recovered_twice_and_then_fails_with_a_reason(worker):
    mail = MailFactory()
    worker.will("hang")
    worker.start()
    wake(kind_of(Mail), mail.pk)
    wait_for(worker.has_begun)
    assert (fresh(mail).status, fresh(mail).attempts) == (Status.RUNNING, 1)
    worker.stop(signal.SIGKILL)
    assert fresh(mail).status == Status.RUNNING
    assert (recovered(mail).status, fresh(mail).attempts) == (Status.WAITING, 1)

    worker.will("die")  # the pool process alone, as when memory runs out
    worker.start()
    wait_for(worker.has_begun)
    assert (recovered(mail).status, fresh(mail).attempts) == (Status.WAITING, 2)
    row = recovered(mail)
    assert (row.status, row.attempts) == (Status.FAILED, 3)
    assert "stopped 3 times" in row.reason


def test_work_whose_worker_is_stopped_in_good_order_goes_back_uncounted_and_is_done_by_the_next(worker):
    mail = MailFactory()
    worker.will("hang")
    worker.start()
    wake(kind_of(Mail), mail.pk)
    wait_for(worker.has_begun)
    worker.stop(signal.SIGTERM)
    assert (fresh(mail).status, fresh(mail).attempts) == (Status.WAITING, 0)

    worker.will("send")
    worker.start()
    wait_for(lambda: fresh(mail).status == Status.DONE)
    assert fresh(mail).attempts == 1


def test_pool_processes_that_are_killed_while_they_wait_leave_the_pipe_to_the_next(worker):
    worker.will("send")
    worker.start()
    for _kill in range(3):
        mail = MailFactory()
        wake(kind_of(Mail), mail.pk)
        wait_for(lambda mail=mail: fresh(mail).status == Status.DONE)
        idle = worker.children()
        os.kill(idle[0], signal.SIGKILL)
        wait_for(lambda idle=idle: worker.children() and worker.children() != idle)
    mail = MailFactory()
    wake(kind_of(Mail), mail.pk)
    wait_for(lambda: fresh(mail).status == Status.DONE)
