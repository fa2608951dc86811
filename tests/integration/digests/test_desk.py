"""The admin: subscribers, their deliveries and their numbers over time."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group, Permission

from digests.models import Delivery, Subscriber
from tests.factories.accounts import AdminFactory, PersonFactory, browser_of
from tests.factories.digests import DeliveryFactory, SubscriberFactory
from tests.factories.home import AreaFactory, HomePageFactory
from tests.queries import assert_constant_queries, fetch

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    """A digest editor: into the admin, and to see subscribers and deliveries."""
    group = Group.objects.create(name="Those who read the ledger")
    names = ("access_admin", "view_subscriber", "view_delivery")
    group.permissions.set(Permission.objects.filter(codename__in=names))
    person = PersonFactory()
    person.groups.add(group)
    return browser_of(person)


@pytest.fixture(autouse=True)
def _site():
    HomePageFactory()


def test_subscribers_are_listed_with_what_they_want(editor):
    due_at = datetime(2031, 6, 3, 7, tzinfo=UTC)
    SubscriberFactory(email="reader@example.org", rhythm="monthly", next_due_at=due_at)
    page = editor.get("/admin/subscribers/").content.decode()
    for words in ("reader@example.org", "Confirmed", "Monthly", "The marketplace", "3 Jun 2031, 08:00"):
        assert words in page


def test_deliveries_are_listed_with_how_they_ended_and_why(editor):
    DeliveryFactory(subscriber__email="reader@example.org", status="failed", reason="The mailbox is full.", copies=0)
    DeliveryFactory(status="failed", reason="Who knows?", copies=2)
    page = editor.get("/admin/deliveries/").content.decode()
    assert f"/admin/deliveries/inspect/{Delivery.objects.first().pk}/" in page
    for words in ("reader@example.org", "Failed", "The mailbox is full.", "Unknown", "Who knows?"):
        assert words in page
    assert "The mailbox is full." not in editor.get("/admin/deliveries/?outcome=unknown").content.decode()


def test_each_can_be_looked_at(editor):
    row = DeliveryFactory()
    assert "reader" in editor.get(f"/admin/deliveries/inspect/{row.pk}/").content.decode()
    assert (
        "Marketplace".lower() in editor.get(f"/admin/subscribers/inspect/{row.subscriber_id}/").content.decode().lower()
    )


def test_nobody_writes_in_the_ledger_by_hand():
    row = DeliveryFactory()
    admin = browser_of(AdminFactory())
    for path in (
        "subscribers/new/",
        f"subscribers/edit/{row.subscriber_id}/",
        "deliveries/new/",
        f"deliveries/edit/{row.pk}/",
        f"deliveries/delete/{row.pk}/",
    ):
        for ask in (admin.get, admin.post):
            assert ask(f"/admin/{path}").status_code == 302
    assert Delivery.objects.get().period_key == row.period_key
    assert Subscriber.objects.count() == 1


def test_a_subscriber_can_be_erased_by_an_admin():
    row = DeliveryFactory()
    assert browser_of(AdminFactory()).post(f"/admin/subscribers/delete/{row.subscriber_id}/").status_code == 302
    assert not Subscriber.objects.exists()
    assert not Delivery.objects.exists()


def test_who_has_no_permission_sees_none_of_it():
    person = PersonFactory()
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    browser = browser_of(person)
    for path in ("subscribers/", "deliveries/", "digest-figures/"):
        assert browser.get(f"/admin/{path}").status_code == 302
    page = browser.get("/admin/").content.decode()
    assert "Subscribers over time" not in page
    assert "Editions" not in page


@pytest.mark.parametrize("path", ["/admin/subscribers/", "/admin/deliveries/"])
def test_a_list_costs_the_same_however_long_it_is(path):
    browser = browser_of(AdminFactory())
    areas = [AreaFactory(), AreaFactory()]

    def grow(rows):
        for _row in range(rows):
            DeliveryFactory(subscriber=SubscriberFactory(areas=areas))

    assert_constant_queries(fetch(path, browser), grow, at_most=40)
