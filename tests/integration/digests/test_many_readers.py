"""Rows 2.9, 2.11 and 2.22, with as many readers as a suite has time for; the drill has two thousand."""

from __future__ import annotations

import smtplib
from contextlib import suppress
from datetime import timedelta
from unittest import mock

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from digests.delivery import breakers, chunk, sending
from digests.delivery.accounting import account_of
from digests.delivery.line import Line
from digests.models import Delivery, Subscriber
from jobs import sweeper
from tests.factories.digests import many_due, new_article
from tests.integration.digests.sink import DROP

Outcome = Delivery.Outcome


def outcomes(addresses) -> dict[str, int]:
    rows = Delivery.objects.filter(subscriber__email__in=addresses).order_by()
    return {outcome: rows.filter(outcome=outcome).count() for outcome in set(rows.values_list("outcome", flat=True))}


def send_until(done) -> None:
    """Sweep and send, minutes later each time, until it is done."""
    for _round in range(12):
        if done():
            return
        Delivery.objects.waiting().update(next_try_at=timezone.now() - timedelta(minutes=1))
        Delivery.objects.running().update(lease_until=timezone.now() - timedelta(seconds=1))
        sweeper.sweep()
        sending.send_due(most=1000, seconds=60)


@pytest.mark.django_db
def test_two_hundred_who_leave_in_the_midst_of_a_run_get_nothing_from_then_on(sink, monkeypatch):
    new_article()
    rows = many_due(260)
    leaving = [row.subscriber for row in rows[::-1][:200]]
    left, send = [], Line.send

    def send_and_leave(line, message):
        send(line, message)
        if len(sink.raw) == 20:
            Subscriber.objects.filter(pk__in=[reader.pk for reader in leaving]).update(
                status="unsubscribed", unsubscribed_at=timezone.now(), next_due_at=None
            )
            left.extend(sink.copies())

    monkeypatch.setattr(Line, "send", send_and_leave)
    sending.send_due(most=1000, seconds=60)

    late = set(sink.copies()) - set(left)
    assert not late & {reader.email for reader in leaving}
    assert outcomes([reader.email for reader in leaving]) == {"skipped": 200}
    assert len(sink.raw) == 60


@pytest.mark.django_db
def test_among_many_each_bad_recipient_ends_as_it_must_and_disturbs_no_other(sink):
    """Three of a hundred are refused, two busy, and with one the line goes dead."""
    new_article()
    scripts = {33: "refused", 66: "refused", 99: "refused", 20: "busy", 70: "busy", 50: "cut"}
    rows = many_due(400, lambda number: f"{scripts.get(number % 100, 'fine')}-{number}@example.org")
    answers = {"refused": "550 5.2.1 Closed", "busy": "451 4.2.1 Later", "cut": DROP}

    def answer(address: str, times: int) -> str:
        script = address.partition("-")[0]
        return "250 OK" if times > 1 and script != "refused" else answers.get(script, "250 OK")

    sink.answer = answer
    send_until(lambda: not Delivery.objects.open().exists())

    by_script = {
        name: [row.subscriber.email for row in rows if row.subscriber.email.startswith(name)]
        for name in ("fine", "refused", "busy", "cut")
    }
    assert {name: outcomes(addresses) for name, addresses in by_script.items()} == {
        "fine": {"sent": 376},
        "refused": {"failed": 12},
        "busy": {"sent": 8},
        "cut": {"sent": 4},
    }
    copies = sink.copies()
    assert {copies[address] for address in [*by_script["fine"], *by_script["busy"]]} == {1}
    assert {copies[address] for address in by_script["cut"]} == {2}
    assert account_of().adds_up


class Killed(BaseException):
    """What SIGKILL does, seen from inside: nothing is caught, and nothing is given back."""


ENDS = st.lists(st.sampled_from(["250", "250", "451", "550", "cut", "killed before", "killed after", "leaves"]))


class TestChaos(TestCase):
    @given(scripts=st.lists(ENDS.filter(bool), min_size=1, max_size=8))
    @hypothesis_settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    def test_after_any_chaos_the_account_adds_up_and_is_closed(self, scripts):
        """Each reader has the ends of their first attempts, one after another; then the mail server is well."""
        Subscriber.objects.all().delete()
        new_article()
        readers = {
            row.subscriber.email: list(script) for row, script in zip(many_due(len(scripts)), scripts, strict=True)
        }
        taken: list[str] = []

        def send(line, message):
            line.data_began = True
            (address,) = message.to
            script = readers[address]
            self._end(script.pop(0) if script else "250", address, taken, line)

        with mock.patch.object(Line, "open"), mock.patch.object(Line, "send", send), self._no_breakers():
            send_until_killed_no_more()

        account = account_of()
        assert account.adds_up
        assert account.is_closed
        assert account.candidates == len(scripts)
        for row in Delivery.objects.select_related("subscriber"):
            copies = taken.count(row.subscriber.email)
            assert copies <= 2
            assert copies or row.outcome in (Outcome.FAILED, Outcome.SKIPPED, Outcome.UNKNOWN), row.outcome
            assert row.outcome != Outcome.FAILED or not copies or row.receipt

    def _end(self, end: str, address: str, taken: list[str], line: Line) -> None:
        if end == "killed before":
            raise Killed
        if end in ("451", "550"):
            line.data_began = False
            raise smtplib.SMTPRecipientsRefused({address: (int(end), b"5.2.1 No" if end == "550" else b"4.2.1 Later")})
        if end == "leaves":
            Subscriber.objects.filter(email=address).update(status="unsubscribed", next_due_at=None)
        taken.append(address)
        if end == "killed after":
            raise Killed
        if end == "cut":
            raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")

    def _no_breakers(self):
        return mock.patch.object(breakers, "verdict", return_value="")


def send_until_killed_no_more() -> None:
    """A killed process gives nothing back: what it held is found when its lease has run out."""
    for _round in range(60):
        if not Delivery.objects.open().exists():
            return
        Delivery.objects.running().update(lease_until=timezone.now() - timedelta(seconds=1))
        sweeper.sweep()
        Delivery.objects.waiting().update(next_try_at=timezone.now() - timedelta(minutes=1))
        with suppress(Killed), mock.patch.object(chunk.Chunk, "__exit__", return_value=None):
            sending.send_due(most=1000, seconds=60)
