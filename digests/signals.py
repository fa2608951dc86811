"""A subscription belongs to the person who has confirmed its address."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.dispatch import receiver

from digests.actions import link_to_person


@receiver(email_confirmed, dispatch_uid="link-digest-subscription")
def on_address_confirmed(email_address: EmailAddress, **_signal: Any) -> None:
    link_to_person(email=email_address.email)
