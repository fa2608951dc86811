"""Many workers at once, each with a connection of its own, on whichever database the suite runs."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from jobs import actions
from jobs.models import LeasedRow, Mail, Notice
from jobs.notices import notify
from tests.factories.accounts import PersonFactory
from tests.factories.jobs import MailFactory, fresh

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = 6


def at_once(work: Callable[[], Any]) -> list[Any]:
    """What `work` returned, or raised, in each of several threads that begin together."""
    barrier, answers = threading.Barrier(WORKERS), []

    def thread() -> None:
        try:
            barrier.wait()
            answers.append(work())
        except Exception as error:
            answers.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=thread) for _worker in range(WORKERS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return answers


def test_one_of_many_workers_gets_the_row():
    mail = MailFactory()
    answers = at_once(lambda: actions.claim(Mail, mail.pk))
    assert [row.claim_token for row in answers if row] == [fresh(mail).claim_token]
    assert fresh(mail).attempts == 1


def test_many_workers_do_every_row_once():
    rows, done = MailFactory.create_batch(30), []

    def drain() -> None:
        while row := actions.claim_next(Mail):
            done.append(row.pk)
            actions.finish(row)

    assert at_once(drain) == [None] * WORKERS
    assert Counter(done) == {row.pk: 1 for row in rows}
    assert set(Mail.objects.values_list("status", "attempts")) == {(LeasedRow.Status.DONE, 1)}


def test_one_of_many_sweeps_recovers_the_row():
    mail = MailFactory(lost=True, attempts=Mail.max_attempts)
    answers = at_once(lambda: actions.recover(fresh(mail)))
    assert sorted(answers) == [False] * (WORKERS - 1) + [True]


def test_one_of_many_notices_is_written_and_mailed():
    person = PersonFactory()
    answers = at_once(lambda: notify(subject=person, event="welcome", recipient=person, title="Welcome"))
    assert [type(answer) for answer in answers if answer] == [Notice]
    assert (Notice.objects.count(), Mail.objects.count()) == (1, 1)
