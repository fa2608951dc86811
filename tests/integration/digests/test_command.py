"""`manage.py digest --now`."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from digests.models import Delivery, Subscriber
from tests.factories.digests import SubscriberFactory, new_article

pytestmark = pytest.mark.django_db


def digest(*arguments: str) -> str:
    out = StringIO()
    call_command("digest", "--now", *arguments, stdout=out)
    return out.getvalue()


def test_it_sends_to_everybody_who_has_confirmed():
    new_article()
    SubscriberFactory(email="a@example.org")
    SubscriberFactory(email="b@example.org")
    SubscriberFactory(pending=True)
    SubscriberFactory(left=True)
    assert "2 of 2 sent." in digest()
    assert sorted(message.to[0] for message in mail.outbox) == ["a@example.org", "b@example.org"]


def test_it_sends_to_one_address_in_any_capitals():
    new_article()
    SubscriberFactory(email="a@example.org")
    SubscriberFactory(email="b@example.org")
    assert "a@example.org: sent" in digest("--to", "A@Example.org")
    assert len(mail.outbox) == 1


def test_the_rhythm_goes_on_as_it_was():
    new_article()
    reader = SubscriberFactory()
    digest()
    assert Subscriber.objects.get().next_due_at == reader.next_due_at


def test_it_says_why_nothing_went():
    SubscriberFactory(email="a@example.org")
    assert digest().splitlines() == ["a@example.org: skipped (Nothing new in the chosen areas)", "0 of 1 sent."]
    assert Delivery.objects.get().skip == "nothing_new"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("nobody@example.org", "has not subscribed"),
        ("left@example.org", "gets no digest: unsubscribed"),
        ("pending@example.org", "gets no digest: not confirmed"),
        ("a@b", "e-mail address such as"),
    ],
)
def test_it_says_who_cannot_be_sent_to(address, words):
    SubscriberFactory(email="left@example.org", left=True)
    SubscriberFactory(email="pending@example.org", pending=True)
    with pytest.raises(CommandError, match=words):
        digest("--to", address)


def test_with_nobody_there_it_says_where_to_begin():
    with pytest.raises(CommandError, match="/digest/subscribe/"):
        digest()
