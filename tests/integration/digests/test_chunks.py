"""Rows that are claimed and put together as one are each looked at, sent and recorded alone."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from digests import actions, selection, selectors
from digests.delivery import chunk as chunks
from digests.delivery import claiming, sender, sending
from digests.delivery.chunk import Chunk, digests_of
from digests.delivery.line import Line
from digests.links import Links
from digests.messages import build
from digests.models import Delivery
from digests.rendering import render_for_all
from jobs import sweeper
from tests.factories.digests import DeliveryFactory, RunFactory, SubscriberFactory, new_article

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def article():
    return new_article(title="How to be noticed")


def after_each(monkeypatch, happens) -> None:
    """Let something happen right after a mail was handed over; it is told how many that were."""
    sent, send = [], Line.send

    def send_and_tell(line, message):
        send(line, message)
        sent.append(message)
        happens(len(sent))

    monkeypatch.setattr(Line, "send", send_and_tell)


def test_ten_times_the_rows_take_as_many_queries_to_claim_and_put_together():
    counts = []
    for number in (3, 30):
        for _row in range(number):
            DeliveryFactory()

        with CaptureQueriesContext(connection) as queries, Chunk() as chunk:
            chunk.claim(number)
            chunk.put_together()
            assert len(chunk) == number
            counts.append(len(queries))
        Delivery.objects.all().delete()

    assert counts[0] == counts[1]


def test_every_run_that_goes_on_gets_its_share():
    runs = [RunFactory(key=f"weekly 2026-W{week}") for week in (24, 25, 26)]
    for run in runs:
        for _row in range(6):
            DeliveryFactory(run=run)

    taken = claiming.take(9)

    assert [sum(row.run_id == run.pk for row in taken) for run in runs] == [3, 3, 3]


def test_what_is_taken_by_one_sender_is_not_taken_by_another():
    for _row in range(5):
        DeliveryFactory()

    first, second = claiming.take(3), claiming.take(9)

    assert len(first) == 3
    assert len(second) == 2
    assert not {row.pk for row in first} & {row.pk for row in second}


def test_a_page_taken_down_after_a_chunk_was_put_together_is_in_no_later_mail(sink, article, monkeypatch):
    other = new_article(title="Stays up")
    for _row in range(4):
        DeliveryFactory()
    after_each(monkeypatch, lambda sent: sent == 2 and article.unpublish())

    sending.send_due(seconds=600)

    bodies = [message.get_payload(0).get_payload(decode=True).decode() for message in sink.messages]
    assert ["How to be noticed" in body for body in bodies] == [True, True, False, False]
    assert all(other.title in body for body in bodies)


def test_a_page_that_expires_while_a_chunk_is_sent_is_in_no_later_mail(sink, article, monkeypatch):
    new_article(title="Stays up")
    article.expire_at = timezone.now() + timedelta(seconds=30)
    article.save()
    for _row in range(2):
        DeliveryFactory()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        after_each(monkeypatch, lambda _sent: clock.shift(60))
        sending.send_due(seconds=600)

    bodies = [message.get_payload(0).get_payload(decode=True).decode() for message in sink.messages]
    assert ["How to be noticed" in body for body in bodies] == [True, False]


def test_who_leaves_while_their_chunk_is_sent_gets_nothing(sink, monkeypatch):
    rows = [DeliveryFactory() for _row in range(4)]
    after_each(
        monkeypatch,
        lambda sent: sent == 1 and [actions.unsubscribe(subscriber=row.subscriber, place="test") for row in rows[1:3]],
    )

    sending.send_due(seconds=600)

    assert set(sink.copies()) == {rows[0].subscriber.email, rows[3].subscriber.email}
    assert selectors.accounting() == {"sent": 2, "skipped": 2}


def test_a_sender_that_is_told_to_stop_gives_back_what_it_has_not_begun(sink, monkeypatch):
    for _row in range(5):
        DeliveryFactory()

    def stop(sent: int) -> None:
        if sent == 2:
            monkeypatch.setattr(sender, "worker_is_stopping", lambda: True)

    after_each(monkeypatch, stop)
    assert sending.send_due() is False

    rest = Delivery.objects.waiting()
    assert list(rest.values_list("attempts", "copies", "claim_token")) == [(0, 0, None)] * 3
    assert len(sink.raw) == 2
    monkeypatch.undo()


def test_a_signal_in_the_midst_of_a_chunk_gives_the_rest_back(sink, monkeypatch):
    for _row in range(5):
        DeliveryFactory()
    build = sending.build
    calls = []

    def leave(*args):
        calls.append(args)
        if len(calls) == 3:
            raise SystemExit
        return build(*args)

    monkeypatch.setattr(sending, "build", leave)
    with pytest.raises(SystemExit):
        sending.send_due()

    assert selectors.accounting() == {"sent": 2, "open": 3}
    assert not Delivery.objects.running().exists()
    assert sorted(Delivery.objects.waiting().values_list("attempts", flat=True)) == [0, 0, 1]


def test_a_killed_sender_loses_nothing_and_what_it_held_goes_on_one_by_one(sink):
    rows = [DeliveryFactory() for _row in range(4)]
    assert len(claiming.take()) == 4  # and then its process was gone
    fresh = DeliveryFactory()

    sweeper.sweep(timezone.now() + Delivery.lease_for + timedelta(seconds=1))
    Delivery.objects.waiting().update(next_try_at=timezone.now() - timedelta(seconds=1))
    Delivery.objects.filter(pk=fresh.pk).update(next_try_at=timezone.now() - timedelta(hours=1))

    assert [row.pk for row in claiming.take()] == [fresh.pk]
    assert [len(claiming.take()) for _row in rows] == [1, 1, 1, 1]
    assert set(Delivery.objects.filter(pk__in=[row.pk for row in rows]).values_list("attempts", flat=True)) == {2}


def test_a_digest_that_cannot_be_put_together_holds_up_no_other(sink, monkeypatch):
    rows = [DeliveryFactory() for _row in range(3)]
    choose_many = selection.choose_many

    def choose_or_break(subscribers, **options):
        if rows[1].subscriber in subscribers:
            raise ZeroDivisionError("this one")
        return choose_many(subscribers, **options)

    monkeypatch.setattr(chunks.selection, "choose_many", choose_or_break)
    sending.send_due(seconds=600)

    assert selectors.accounting() == {"sent": 2, "open": 1}
    assert "this one" in Delivery.objects.waiting().get().reason


def test_two_digests_of_one_person_in_a_chunk_do_not_say_the_same_twice(sink):
    reader = SubscriberFactory()
    DeliveryFactory(subscriber=reader)
    DeliveryFactory(subscriber=reader)

    sending.send_due(seconds=600)

    assert selectors.accounting() == {"sent": 1, "skipped": 1}


@pytest.mark.parametrize("title", ["How to be noticed", "Wie man auffällt, „ganz ohne“ Lärm", "Long " * 50])
def test_the_quick_bytes_of_a_mail_are_those_of_the_slow_way(title, article, settings):
    settings.DIGEST_FROM_EMAIL = "Jürgen’s Portal <digest@portal.example.org>"
    article.title = title
    article.save()
    row = DeliveryFactory(subscriber__email="o'neill+news@example.org")
    links = Links.of(row.subscriber)
    digest = digests_of([row])[row.pk]
    assert digest
    letter = build(row, render_for_all(digest, on=timezone.now().date()), links)

    quick, slow = (
        message_from_bytes(raw, policy=default)
        for raw in (letter.raw(), letter.email().message().as_bytes(linesep="\r\n"))
    )

    own = {"content-type", "date"}
    assert [pair for pair in quick.items() if pair[0].lower() not in own] == [
        pair for pair in slow.items() if pair[0].lower() not in own
    ]
    for part, other in zip(quick.iter_parts(), slow.iter_parts(), strict=True):
        assert part.get_content() == other.get_content()
        assert part.items() == other.items()
    assert links.unsubscribe in quick.get_body(("html",)).get_content()
    assert "hole-" not in letter.raw().decode()
