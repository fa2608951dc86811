"""Bounces in an IMAP folder: each is recorded before it is taken out of the way, however often the line goes dead."""

from __future__ import annotations

import pytest

from digests.delivery import mailbox
from digests.delivery.mailbox import read_bounces
from digests.models import MailEvent
from tests.factories.digests import DeliveryFactory
from tests.imap import Server
from tests.integration.digests.test_events import returned

pytestmark = pytest.mark.django_db


@pytest.fixture
def server():
    server = Server()
    yield server
    server.stop()


@pytest.fixture
def sent():
    return DeliveryFactory(status="done", copies=1)


def test_a_bounce_is_recorded_and_removed_and_other_mail_is_marked_and_left(server, sent):
    bounce = server.box.add(returned(sent).as_bytes())
    thanks = server.box.add(b"Subject: Thank you for the digest\n\nIt is good.\n")

    assert [read_bounces(server.url) for _time in range(2)] == [1, 0]

    sent.refresh_from_db()
    assert (sent.receipt, sent.subscriber.status) == ("bounced", "suppressed")
    assert bounce not in server.box.messages
    assert server.box.seen == {thanks}


def test_nothing_is_taken_out_of_the_way_before_it_is_recorded(server, sent, monkeypatch):
    uid = server.box.add(returned(sent).as_bytes())

    def no_database(_report):
        raise ZeroDivisionError("the database is away")

    monkeypatch.setattr(mailbox, "hear", no_database)
    with pytest.raises(ZeroDivisionError):
        read_bounces(server.url)

    assert server.box.flags[uid] == set()


@pytest.mark.parametrize("command", ["LOGIN", "SELECT", "UID SEARCH", "UID FETCH", "UID STORE", "EXPUNGE", "LOGOUT"])
def test_wherever_the_line_goes_dead_each_report_counts_once_in_the_end(server, sent, command):
    rows = [sent, DeliveryFactory(status="done", copies=1)]
    for row in rows:
        server.box.add(returned(row).as_bytes())
    server.box.hang_up_at, server.box.hang_ups = command, 1

    for _time in range(3):
        read_bounces(server.url)

    assert not server.box.messages
    assert MailEvent.objects.count() == 2
    for row in rows:
        row.refresh_from_db()
        assert row.receipt == "bounced"


def test_a_mail_that_nobody_can_read_holds_up_no_other(server, sent, monkeypatch):
    broken = server.box.add(b"Subject: broken\n\n\n")
    server.box.add(returned(sent).as_bytes())
    report_in = mailbox.report_in

    def read(message):
        if message["Subject"] == "broken":
            raise LookupError("unknown encoding: x-nonsense")
        return report_in(message)

    monkeypatch.setattr(mailbox, "report_in", read)

    assert read_bounces(server.url) == 1
    assert server.box.seen == {broken}


def test_a_wrong_password_is_an_error_that_says_so(server):
    server.box.password = "another"

    with pytest.raises(Exception, match="AUTHENTICATIONFAILED"):
        read_bounces(server.url)
