"""Subscribers, their deliveries, and content that is new to them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from digests import addresses
from digests.actions import Wish
from digests.models import Delivery, MailDomain, MailEvent, Run, Subscriber
from home.models import Area
from tests.factories.careers import ArticlePageFactory
from tests.factories.home import AreaFactory


class SubscriberFactory(DjangoModelFactory):
    """Confirmed a day ago, due tomorrow, interested in the marketplace."""

    class Meta:
        model = Subscriber
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"reader{n}@example.org")
    email_key = factory.LazyAttribute(lambda reader: addresses.parse(reader.email).key)
    status = Subscriber.Status.CONFIRMED
    confirmed_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=1))
    next_due_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=1))
    time_zone = "Europe/London"

    class Params:
        pending = factory.Trait(status=Subscriber.Status.PENDING, confirmed_at=None, next_due_at=None)
        left = factory.Trait(
            status=Subscriber.Status.UNSUBSCRIBED,
            next_due_at=None,
            unsubscribed_at=factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1)),
        )
        suppressed = factory.Trait(status=Subscriber.Status.SUPPRESSED, next_due_at=None)

    @factory.post_generation
    def areas(self, create: bool, areas: list[Area] | None, **_extra: Any) -> None:
        self.areas.set(areas or [marketplace()])


class RunFactory(DjangoModelFactory):
    """The one run that deliveries of tests belong to, unless they say otherwise."""

    class Meta:
        model = Run
        django_get_or_create = ("key",)

    key = "daily 2026-06-10"


class DeliveryFactory(DjangoModelFactory):
    """Due now."""

    class Meta:
        model = Delivery

    subscriber = factory.SubFactory(SubscriberFactory)
    run = factory.SubFactory(RunFactory)
    period_key = factory.Sequence(lambda n: f"daily {n}")
    due_at = factory.LazyFunction(lambda: timezone.now() - timedelta(seconds=1))
    next_try_at = factory.SelfAttribute("due_at")


class MailDomainFactory(DjangoModelFactory):
    class Meta:
        model = MailDomain

    name = "example.org"


class MailEventFactory(DjangoModelFactory):
    """A mail that came back, reported just now, not recorded yet."""

    class Meta:
        model = MailEvent

    source = "test"
    event_id = factory.Sequence(str)
    kind = MailEvent.Kind.BOUNCED
    status_code = "5.1.1"
    happened_at = factory.LazyFunction(timezone.now)


def marketplace() -> Area:
    AreaFactory(slug="marketplace", title="The marketplace")
    return Area.objects.get(slug="marketplace")


def new_article(*, at: datetime | None = None, **fields: Any) -> Any:
    """An article that was first published at that time; an hour ago if none is given."""
    at = at or timezone.now() - timedelta(hours=1)
    return ArticlePageFactory(first_published_at=at, **fields)


def wish(*areas: Area, **settings: Any) -> Wish:
    defaults: dict[str, Any] = {
        "rhythm": "weekly",
        "weekday": 1,
        "month_day": 1,
        "hour": 8,
        "time_zone": "Europe/London",
    }
    return Wish(areas=areas or (marketplace(),), **(defaults | settings))


def many_due(number: int, address: Callable[[int], str] = "reader-{}@many.example.org".format) -> list[Delivery]:
    """As many readers of the marketplace, each with a delivery of one run that is due; written in a few statements."""
    now = timezone.now()
    names = [address(each) for each in range(number)]
    confirmed = {"status": "confirmed", "confirmed_at": now - timedelta(days=1), "next_due_at": now + timedelta(days=1)}
    readers = Subscriber.objects.bulk_create(Subscriber(email=name, email_key=name, **confirmed) for name in names)
    areas, area = Subscriber.areas.through, marketplace()
    areas.objects.bulk_create(areas(subscriber=reader, area=area) for reader in readers)
    run: Run = RunFactory.create()
    return Delivery.objects.bulk_create(
        Delivery(subscriber=reader, run=run, period_key=run.key, due_at=now, next_try_at=now) for reader in readers
    )
