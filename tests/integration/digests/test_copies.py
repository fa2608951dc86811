"""The two statements of every mail: the one after which a copy may leave, and the one that ends its row."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import PageViewRestriction

from digests import actions, selectors
from digests.delivery import ledger, sending
from digests.delivery.chunk import Chunk
from digests.models import Delivery, Run
from tests.factories.digests import DeliveryFactory, new_article

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def article():
    return new_article(title="How to be noticed")


def claimed(number: int = 1) -> tuple[Chunk, list[Delivery]]:
    for _row in range(number):
        DeliveryFactory()
    chunk = Chunk()
    chunk.claim(number)
    chunk.put_together()
    return chunk, list(chunk)


def make_private(page) -> None:
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN)


def test_a_copy_is_counted_with_what_it_brings(article):
    chunk, (row,) = claimed()
    _digest, still_public = chunk.digest_of(row)

    begun = ledger.begin_copy(row, only_if=still_public)

    stored = Delivery.objects.get()
    assert begun
    assert (stored.copies, stored.items) == (1, [article.pk])
    assert stored.selected_at is not None


@pytest.mark.parametrize("withdraw", [lambda page: page.unpublish(), make_private, lambda page: page.delete()])
def test_no_copy_is_counted_of_what_was_withdrawn_a_moment_ago(article, withdraw):
    chunk, (row,) = claimed()
    _digest, still_public = chunk.digest_of(row)
    withdraw(article)

    assert ledger.begin_copy(row, only_if=still_public) is False
    assert Delivery.objects.get().copies == 0


def test_no_copy_is_counted_for_who_left_or_in_a_run_that_was_stopped(article):
    chunk, (left, stopped) = claimed(2)
    actions.unsubscribe(subscriber=left.subscriber, place="test")
    Run.objects.filter(pk=stopped.run_id).update(state=Run.State.PAUSED)

    for row in (left, stopped):
        assert ledger.begin_copy(row, only_if=chunk.digest_of(row)[1]) is False
    assert set(Delivery.objects.values_list("copies", flat=True)) == {0}


def test_a_page_withdrawn_while_a_mail_is_made_is_not_in_it(sink, article, monkeypatch):
    other = new_article(title="Stays up")
    for _row in range(3):
        DeliveryFactory()
    build, built = sending.build, []

    def withdraw_and_build(*args):
        built.append(args)
        if len(built) == 2:
            article.unpublish()
        return build(*args)

    monkeypatch.setattr(sending, "build", withdraw_and_build)
    sending.send_due(seconds=600)

    bodies = [message.get_payload(0).get_payload(decode=True).decode() for message in sink.messages]
    assert ["How to be noticed" in body for body in bodies] == [True, False, False]
    assert all(other.title in body for body in bodies)
    assert set(Delivery.objects.values_list("outcome", "copies", "attempts")) == {("sent", 1, 1)}


def test_when_nothing_is_left_of_a_mail_that_was_made_the_row_says_so(sink, article, monkeypatch):
    DeliveryFactory()
    build = sending.build
    monkeypatch.setattr(sending, "build", lambda *args: (article.unpublish(), build(*args))[1])

    sending.send_due(seconds=600)

    assert sink.raw == []
    assert selectors.accounting() == {"skipped": 1}


@pytest.mark.parametrize(("seconds", "is_drawn_out"), [(55, False), (65, True)])
def test_the_lease_is_drawn_out_once_a_tenth_of_it_is_gone(seconds, is_drawn_out):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        _chunk, (row,) = claimed()
        until = row.lease_until
        clock.shift(timedelta(seconds=seconds))

        assert ledger.begin_copy(row)

        now = timezone.now()
    stored = Delivery.objects.get().lease_until
    assert stored == row.lease_until
    assert stored == (now + Delivery.lease_for if is_drawn_out else until)
    assert stored - now >= Delivery.lease_for * ledger.LEASE_KEPT


if connection.vendor == "postgresql":

    def waits_for_the_disk() -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SHOW synchronous_commit")
            return cursor.fetchone() == ("on",)

    @pytest.mark.django_db(transaction=True)
    def test_a_copy_that_is_counted_waits_for_the_disk_and_the_end_of_its_row_does_not():
        _chunk, (row,) = claimed()
        assert waits_for_the_disk()

        with transaction.atomic():
            ledger.begin_copy(row)
            assert waits_for_the_disk()
        with transaction.atomic():
            ledger.record_sent(row)
            assert not waits_for_the_disk()

        assert waits_for_the_disk()
        assert Delivery.objects.get().outcome == "sent"
