"""Against a real mail server: every row ends in its right state, and nobody gets what they should not."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from wagtail.models import PageViewRestriction

from digests import actions, selectors
from digests.delivery import ledger, sending
from digests.models import Delivery, Subscriber
from jobs.actions import claim, recover
from tests.factories.accounts import PersonFactory
from tests.factories.careers import CompletionFactory
from tests.factories.digests import DeliveryFactory, SubscriberFactory, new_article
from tests.factories.home import AreaFactory
from tests.integration.digests.sink import DROP

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def article():
    return new_article(title="How to be noticed")


def fresh(row: Delivery) -> Delivery:
    return Delivery.objects.get(pk=row.pk)


def make_due(row: Delivery) -> None:
    Delivery.objects.filter(pk=row.pk).update(next_try_at=timezone.now())


def test_a_due_digest_is_sent_once(sink):
    row = DeliveryFactory()
    sending.send_due()
    sending.send_due()
    row = fresh(row)
    assert (row.outcome, row.attempts, row.copies) == ("sent", 1, 1)
    assert sink.copies() == {row.subscriber.email: 1}
    assert "How to be noticed" in sink.messages[0]["Subject"]


def test_many_go_over_one_connection_one_message_each(sink):
    for _row in range(7):
        DeliveryFactory()
    sending.send_due()
    assert selectors.accounting() == {"sent": 7}
    assert len(sink.raw) == 7
    assert all(len(message.get_all("To")) == 1 for message in sink.messages)


def test_a_refused_address_holds_up_nobody_else(sink):
    answers = {"no@x.org": "550 5.7.1 Rejected", "later@x.org": "451 4.3.0 Try later", "cut@x.org": DROP}
    sink.answer = lambda address, _times: answers.get(address, "250 OK")
    rows = {name: DeliveryFactory(subscriber__email=name) for name in [*answers, "a@x.org", "b@x.org"]}
    sending.send_due()
    ends = {name: (fresh(row).status, fresh(row).copies) for name, row in rows.items()}
    assert ends == {
        "no@x.org": ("failed", 0),
        "later@x.org": ("waiting", 0),
        "cut@x.org": ("waiting", 1),
        "a@x.org": ("done", 1),
        "b@x.org": ("done", 1),
    }
    assert fresh(rows["no@x.org"]).outcome == "failed"
    assert "5.7.1" in fresh(rows["no@x.org"]).reason


def test_a_mailbox_that_is_busy_twice_gets_it_the_third_time(sink):
    sink.answer = lambda _address, times: "250 OK" if times > 2 else "451 4.3.0 Try later"
    row = DeliveryFactory()
    waits = []
    for _time in range(3):
        make_due(row)
        before = timezone.now()
        sending.send_due()
        waits.append(fresh(row).next_try_at - before)
    assert timedelta(minutes=1) <= waits[0] <= timedelta(minutes=1.3)
    assert timedelta(minutes=5) <= waits[1] <= timedelta(minutes=6.3)
    assert (fresh(row).outcome, fresh(row).copies, len(sink.raw)) == ("sent", 1, 1)


def test_a_server_that_never_gets_better_is_given_up_after_about_two_days(sink):
    sink.answer = lambda *_: "451 4.3.0 Try later"
    row = DeliveryFactory()
    began, rounds = timezone.now(), 0
    while fresh(row).status == "waiting" and (rounds := rounds + 1) < 60:
        with time_machine.travel(fresh(row).next_try_at + timedelta(seconds=1)):
            sending.send_due()
    assert (fresh(row).outcome, fresh(row).copies) == ("failed", 0)
    assert timedelta(hours=44) < fresh(row).finished_at - began < timedelta(hours=54)


def test_a_line_cut_after_the_mail_was_taken_brings_one_more_copy_and_then_an_operator(sink):
    sink.answer = lambda *_: DROP
    row = DeliveryFactory()
    for _time in range(5):
        make_due(row)
        sending.send_due()
    row = fresh(row)
    assert (row.outcome, row.copies) == ("unknown", 2)
    assert row.reason
    assert sink.copies() == {row.subscriber.email: 2}
    assert len({message["Message-ID"] for message in sink.messages}) == 1


def test_a_refusal_takes_the_copy_back(sink):
    """A cut line, then two busy mailboxes, then a 250: nothing is unknown."""
    replies = [DROP, "451 4.3.0 Later", "451 4.3.0 Later", "250 OK"]
    sink.answer = lambda _address, times: replies[times - 1]
    row = DeliveryFactory()
    for _time in replies:
        make_due(row)
        sending.send_due()
    assert (fresh(row).outcome, fresh(row).copies) == ("sent", 2)


@pytest.mark.parametrize(("lost_while_sending", "ends"), [(True, ("unknown", 2)), (False, ("failed", 0))])
def test_a_sender_that_dies_again_and_again_ends_the_row(lost_while_sending, ends):
    row = DeliveryFactory()
    for _death in range(5):
        if claimed := claim(Delivery, row.pk):
            if lost_while_sending:
                assert ledger.begin_copy(claimed)
            later = timezone.now() + Delivery.lease_for + timedelta(seconds=1)
            recover(fresh(row), now=later)
            make_due(row)
    assert (fresh(row).outcome, fresh(row).copies) == ends
    assert fresh(row).reason


def test_a_server_that_cannot_be_reached_costs_no_copy_and_stops_the_round(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 2
    rows = [DeliveryFactory() for _row in range(3)]
    assert sending.send_due() is False
    assert sorted((fresh(row).attempts, fresh(row).copies, fresh(row).deferrals) for row in rows) == [
        (0, 0, 0),
        (0, 0, 0),
        (1, 0, 1),
    ]


def test_who_leaves_between_being_due_and_being_sent_to_gets_nothing(sink):
    row = DeliveryFactory()
    actions.unsubscribe(subscriber=row.subscriber, place="test")
    sending.send_due()
    assert (fresh(row).outcome, fresh(row).skip) == ("skipped", "not_subscribed")
    assert not sink.raw


def test_who_leaves_while_the_mail_is_put_together_gets_nothing(sink, monkeypatch):
    row = DeliveryFactory()
    build = sending.build

    def leave_and_build(*args):
        actions.unsubscribe(subscriber=row.subscriber, place="test")
        return build(*args)

    monkeypatch.setattr(sending, "build", leave_and_build)
    sending.send_due()
    assert (fresh(row).outcome, fresh(row).skip) == ("skipped", "not_subscribed")
    assert not sink.raw


def test_an_article_taken_down_or_made_private_between_choosing_and_sending_is_left_out(sink, article):
    hidden, private = new_article(title="Taken down"), new_article(title="Behind a wall")
    sink.answer = lambda _address, times: "451 4.3.0 Later" if times == 1 else "250 OK"
    row = DeliveryFactory()
    sending.send_due()
    assert set(fresh(row).items) == {article.pk, hidden.pk, private.pk}
    hidden.unpublish()
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    late = new_article(title="Published meanwhile")
    make_due(row)
    sending.send_due()
    body = sink.messages[0].get_payload(0).get_payload(decode=True).decode()
    assert "How to be noticed" in body
    assert not any(page.title in body for page in (hidden, private, late))


def test_a_digest_of_which_nothing_is_left_is_skipped(sink, article):
    row = DeliveryFactory()
    Delivery.objects.filter(pk=row.pk).update(items=[article.pk], selected_at=timezone.now())
    article.unpublish()
    sending.send_due()
    assert (fresh(row).outcome, fresh(row).skip) == ("skipped", "nothing_left")
    assert not sink.raw


def test_nothing_new_means_no_mail(sink, article):
    article.delete()
    row = DeliveryFactory()
    sending.send_due()
    assert (fresh(row).outcome, fresh(row).skip) == ("skipped", "nothing_new")
    assert fresh(row).reason == "Nothing new in the chosen areas"
    assert not sink.raw


def test_what_a_digest_brought_does_not_come_again(sink):
    reader = SubscriberFactory()
    DeliveryFactory(subscriber=reader)
    sending.send_due()
    second = DeliveryFactory(subscriber=reader)
    sending.send_due()
    assert fresh(second).skip == "nothing_new"
    new_article(title="Newer", at=timezone.now())
    DeliveryFactory(subscriber=reader)
    sending.send_due()
    assert [message["Subject"] for message in sink.messages] == ["How to be noticed", "Newer"]


def test_what_a_person_has_done_is_left_out(sink, article):
    person = PersonFactory()
    CompletionFactory(person=person, page=article)
    new_article(title="Not read yet")
    DeliveryFactory(subscriber__person=person)
    sending.send_due()
    assert sink.messages[0]["Subject"] == "Not read yet"


def test_other_areas_are_left_out(sink):
    new_article(title="Elsewhere", areas=[AreaFactory(slug="elsewhere")])
    DeliveryFactory()
    sending.send_due()
    assert "Elsewhere" not in sink.raw[0].decode()


def test_an_address_that_does_not_exist_gets_no_more_mail(sink):
    sink.answer = lambda *_: "550 5.1.1 No such user"
    row = DeliveryFactory()
    sending.send_due()
    assert fresh(row).outcome == "failed"
    assert Subscriber.objects.get().status == "suppressed"
