"""Rows 2.12, 2.13, 2.15, 2.16: who is left alone, how fast mail leaves, and when a run stops by itself."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from digests.delivery import breakers, domains, pacing, sending
from digests.delivery.runs import end, go_on, pause, tidy_runs
from digests.models import Delivery, MailDomain, Run, Subscriber
from jobs.models import Notice
from tests.factories.accounts import AdminFactory, PersonFactory
from tests.factories.digests import DeliveryFactory, MailDomainFactory, RunFactory, new_article

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def article():
    return new_article()


@pytest.fixture
def operator():
    return AdminFactory()


def rows(number: int, domain: str = "example.org", **fields):
    return [DeliveryFactory(subscriber__email=f"r{n}@{domain}", **fields) for n in range(number)]


def outcomes(domain: str = "") -> dict[str, int]:
    found: dict[str, int] = {}
    for row in Delivery.objects.filter(subscriber__email__endswith=f"@{domain}" if domain else ""):
        found[row.outcome] = found.get(row.outcome, 0) + 1
    return found


def test_a_run_in_which_one_of_ten_goes_wrong_stops_early_and_people_are_told_once(sink, operator, monkeypatch):
    monkeypatch.setattr(breakers, "CANARY", 20)
    PersonFactory()
    sink.answer = lambda address, _times: "554 No" if address.partition("@")[0].endswith("3") else "250 OK"
    rows(80)

    sending.send_due(most=200)
    sending.send_due(most=200)

    run = Run.objects.get()
    assert run.state == "paused"
    assert "went wrong" in run.reason
    assert run.handed_over <= 60
    notice = Notice.objects.get()
    assert (notice.recipient, notice.level) == (operator, "bad")
    assert outcomes()["open"] >= 20


def test_no_verdict_comes_before_the_canary_is_through():
    assert breakers.verdict(Run(recent="x" * (breakers.CANARY - 1), handed_over=49)) == ""
    assert breakers.verdict(Run(recent="x" * breakers.CANARY, handed_over=50))


@pytest.mark.parametrize(
    ("handed_over", "hard_bounces", "complaints", "stops"),
    [
        (1000, 19, 0, False),
        (1000, 20, 0, True),
        (100, 4, 0, False),
        (100, 5, 0, True),
        (5000, 0, 4, False),
        (5000, 0, 5, True),
        (200, 0, 1, False),
        (200, 0, 2, True),
    ],
)
def test_two_of_a_hundred_dead_addresses_or_one_of_a_thousand_complaints_stop_a_run(
    handed_over, hard_bounces, complaints, stops
):
    run = Run(recent="." * 200, handed_over=handed_over, hard_bounces=hard_bounces, complaints=complaints)

    assert bool(breakers.verdict(run)) is stops


def test_a_paused_run_sends_nothing_and_goes_on_with_a_clean_slate(sink, operator):
    waiting, other = rows(3), DeliveryFactory(run=RunFactory(key="weekly 2026-W24"))
    run = waiting[0].run
    Run.objects.filter(pk=run.pk).update(handed_over=900, recent="x" * 200)

    assert pause(run, reason="Let me look.", by=operator)
    assert not pause(run, reason="Again.", by=operator)
    sending.send_due()

    assert sink.copies() == {other.subscriber.email: 1}
    assert not Notice.objects.exists(), "whoever stopped it knows"
    assert go_on(run, by=operator)
    assert (run.handed_over, run.recent) == (0, "")
    sending.send_due()
    assert outcomes() == {"sent": 4}


def test_a_run_that_is_stopped_while_a_mail_is_put_together_does_not_send_it(sink, operator, monkeypatch):
    row = DeliveryFactory()
    build = sending.build

    def stop_and_build(*args):
        pause(row.run, reason="Stop.", by=operator)
        return build(*args)

    monkeypatch.setattr(sending, "build", stop_and_build)
    sending.send_due()

    row.refresh_from_db()
    assert (row.outcome, row.attempts, row.copies) == ("open", 0, 0)
    assert not sink.raw


def test_an_ended_run_skips_who_waits_and_leaves_who_may_have_got_it_to_an_operator(operator):
    one, doubtful = DeliveryFactory(), DeliveryFactory(copies=1)

    assert end(one.run, by=operator)

    one.refresh_from_db()
    doubtful.refresh_from_db()
    assert (one.outcome, one.skip) == ("skipped", "stopped")
    assert doubtful.outcome == "unknown"


def test_an_old_run_is_closed_once_nothing_of_it_is_open():
    row = DeliveryFactory()
    Run.objects.update(created_at=timezone.now() - timedelta(days=4))
    assert tidy_runs() == 0
    Delivery.objects.update(status="done")

    assert tidy_runs() == 1
    row.run.refresh_from_db()
    assert row.run.state == "closed"


def test_twenty_refusals_by_rules_leave_the_domain_alone_and_the_others_are_sent(sink, operator, monkeypatch):
    """550 5.7.515 is what Microsoft says to senders without SPF, DKIM and DMARC."""
    monkeypatch.setattr(breakers, "MOST_ERRORS", 1)
    sink.answer = lambda address, _times: "550 5.7.515 Denied" if address.endswith("@outlook.test") else "250 OK"
    rows(30, "outlook.test")
    rows(10)

    sending.send_due(most=100)

    assert outcomes("outlook.test") == {"failed": 20, "open": 10}
    assert outcomes("example.org") == {"sent": 10}
    assert Notice.objects.filter(recipient=operator).count() == 1
    assert not Subscriber.objects.filter(status="suppressed").exists(), "the rules are about us, not about them"
    domain = MailDomain.objects.get()
    assert domain.closed_until - timezone.now() > timedelta(hours=3)


def test_a_domain_that_asks_us_to_come_later_rests_longer_and_longer(sink):
    sink.answer = lambda *_: "451 4.7.0 Too many"
    rows(8)
    sending.send_due()
    assert MailDomain.objects.get().rests == 1
    assert len(sink.tries) == 5, "three were spared"

    waits = []
    for _rest in range(3):
        domain = MailDomain.objects.get()
        with time_machine.travel(domain.closed_until + timedelta(minutes=30)):
            now = timezone.now()
            Delivery.objects.update(next_try_at=now)
            sending.send_due()
            waits.append(MailDomain.objects.get().closed_until - now)
    assert [round(wait / timedelta(minutes=1)) for wait in waits] == [5, 15, 60]


def test_a_mail_that_is_taken_forgets_all_trouble(sink):
    MailDomainFactory(deferrals=3, rests=2, refusals=19)
    DeliveryFactory()

    sending.send_due()

    domain = MailDomain.objects.get()
    assert (domain.deferrals, domain.rests, domain.refusals) == (0, 0, 0)


def test_a_full_mailbox_is_no_trouble_of_its_domain(sink):
    sink.answer = lambda *_: "452 4.2.2 Full"
    rows(8)

    sending.send_due()

    assert len(sink.tries) == 8
    assert not MailDomain.objects.exists()


def test_a_row_whose_domain_is_left_alone_waits_without_losing_an_attempt(sink):
    MailDomainFactory(refusals=20, closed_until=timezone.now() + timedelta(hours=1), reason="It said no.")
    row = DeliveryFactory()

    sending.send_due()

    row.refresh_from_db()
    assert (row.attempts, row.copies, row.reason) == (0, 0, "It said no.")
    assert timedelta(minutes=59) < row.next_try_at - timezone.now() < timedelta(minutes=67)


@pytest.mark.parametrize(("answer", "times"), [("550 5.2.1 Closed", 3), ("550 5.1.1 Nobody", 1)])
def test_nobody_is_written_to_after_one_dead_address_or_three_other_refusals(sink, answer, times):
    sink.answer = lambda *_: answer
    first = DeliveryFactory()
    reader = first.subscriber
    for number in range(times):
        if number:
            DeliveryFactory(subscriber=reader)
        assert Subscriber.objects.get().status == "confirmed"
        sending.send_due()

    assert Subscriber.objects.get().status == "suppressed"


def test_a_slow_domain_gives_out_moments_and_nobody_else_waits_for_them(sink, settings):
    settings.DIGEST_DOMAIN_RATES = {"slow.test": 0.1}
    rows(3, "slow.test")
    rows(3)
    now = timezone.now()

    sending.send_due()

    assert outcomes() == {"sent": 4, "open": 2}
    waits = [row.slot_at - now for row in Delivery.objects.exclude(slot_at=None).order_by("slot_at")]
    assert [round(wait.total_seconds() / 10) for wait in waits] == [1, 2]
    with time_machine.travel(now + timedelta(seconds=30)):
        sending.send_due()
    assert outcomes() == {"sent": 6}
    assert set(Delivery.objects.values_list("attempts", flat=True)) == {1}


def test_who_comes_too_late_for_their_moment_gets_another_one(settings):
    settings.DIGEST_DOMAIN_RATES = {"slow.test": 0.1}
    now = timezone.now()
    late, other = (DeliveryFactory(subscriber__email=f"{n}@slow.test") for n in "ab")
    late.slot_at = now - timedelta(minutes=2)

    assert pacing.slot_for(other, now) is None
    assert pacing.slot_for(late, now) == now + timedelta(seconds=10)


def test_two_senders_share_the_rate_of_all(settings):
    settings.DIGEST_RATE = 50.0
    began = time.monotonic()
    pacers = [pacing.Pacer(), pacing.Pacer()]

    for _mail in range(20):
        for pacer in pacers:
            assert pacer.wait()

    assert time.monotonic() - began > 0.6


def test_an_hour_has_so_many_mails_and_no_more(sink, settings):
    settings.DIGEST_MOST_PER_HOUR = 5
    rows(8)

    assert sending.send_due() is False
    assert sending.send_due() is False
    assert len(sink.raw) == 5
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        sending.send_due()
    assert len(sink.raw) == 8


def test_what_a_sender_took_and_did_not_use_is_free_for_others(settings):
    settings.DIGEST_MOST_PER_HOUR = 20
    pacer = pacing.Pacer()
    pacer.wait()
    pacer.give_back()

    assert pacing.reserve(pacing.ALL, rate=0, number=50, ceiling=20).number == 19


def test_waits_are_spread():
    now = timezone.now()
    until = now + timedelta(hours=1)

    assert len({domains.spread(until, now) for _row in range(10)}) == 10
    assert all(until <= domains.spread(until, now) <= until + timedelta(minutes=6) for _row in range(10))
