"""Rows of work in every state, and what the mail server is given."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone

from jobs.models import LeasedRow, Mail, Notice
from tests.factories.accounts import PersonFactory

Status = LeasedRow.Status


class MailFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Mail

    recipient = factory.Sequence(lambda n: f"reader{n}@example.org")
    subject = factory.Sequence(lambda n: f"Subject {n}")
    text = "Words that may let somebody in."

    class Params:
        #: Claimed by a worker that is at work.
        running = factory.Trait(
            status=Status.RUNNING,
            attempts=1,
            claim_token=factory.LazyFunction(uuid.uuid4),
            lease_until=factory.LazyFunction(lambda: timezone.now() + Mail.lease_for),
            started_at=factory.LazyFunction(timezone.now),
        )
        #: Claimed by a worker that was not heard of any more.
        lost = factory.Trait(
            running=True, lease_until=factory.LazyFunction(lambda: timezone.now() - timedelta(seconds=1))
        )
        failed = factory.Trait(
            status=Status.FAILED,
            attempts=Mail.max_attempts,
            reason="The mailbox is full.",
            finished_at=factory.LazyFunction(timezone.now),
        )


class NoticeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Notice

    recipient = factory.SubFactory(PersonFactory)
    subject = factory.SelfAttribute("recipient")
    event = factory.Sequence(lambda n: f"event-{n}")
    title = factory.Sequence(lambda n: f"Something happened {n}")


def fresh(row: Any) -> Any:
    """The row as the database has it now."""
    return type(row).objects.get(pk=row.pk)
