"""What becomes of a digest when its reader deletes their account."""

from __future__ import annotations

import pytest

from accounts.privacy.erasing import erase
from digests.models import ConsentReceipt, Delivery, ForgottenAddress, Subscriber
from digests.models.forgotten import hash_of
from tests.factories.accounts import PersonFactory, freshly_signed_in
from tests.factories.digests import DeliveryFactory, SubscriberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return PersonFactory(email="amara@example.org")


def test_a_digest_ends_with_the_account(person):
    DeliveryFactory(subscriber=SubscriberFactory(person=person))
    somebody = SubscriberFactory()

    erase(person=person, wishes={})

    assert list(Subscriber.objects.all()) == [somebody]
    assert not Delivery.objects.exists()


def test_a_digest_goes_on_without_the_account_if_the_person_wants_it(person):
    subscriber = SubscriberFactory(person=person)
    browser = freshly_signed_in(person)

    offered = browser.get("/accounts/privacy/delete/").content.decode()
    browser.post("/accounts/privacy/delete/", {"sure": "on", "keep_digest": "on"})

    assert "Keep my digest coming" in offered
    subscriber.refresh_from_db()
    assert (subscriber.person, subscriber.status) == (None, Subscriber.Status.CONFIRMED)


def test_nothing_is_offered_to_somebody_without_a_digest(person):
    SubscriberFactory(person=person, left=True)
    browser = freshly_signed_in(person)

    assert "Keep my digest coming" not in browser.get("/accounts/privacy/delete/").content.decode()


@pytest.mark.parametrize("trait", ["left", "pending"])
def test_what_has_ended_or_never_began_goes(person, trait):
    SubscriberFactory(email="Amara@example.org", **{trait: True})

    erase(person=person, wishes={})

    assert not Subscriber.objects.exists()


def test_of_an_address_that_gets_no_mail_only_a_fingerprint_is_kept(person):
    subscriber = SubscriberFactory(person=person, suppressed=True)
    ConsentReceipt.objects.create(subscriber=subscriber, event="asked", text="words", place="page")
    DeliveryFactory(subscriber=subscriber)

    erase(person=person, wishes={})

    assert not Subscriber.objects.exists()
    assert not ConsentReceipt.objects.exists()
    assert ForgottenAddress.objects.get().key_hash == hash_of(subscriber.email_key)
