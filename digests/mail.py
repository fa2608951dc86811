"""Mail about a subscription; it goes by `mail-now`, never behind a run of digests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from digests.links import CONFIRM_WITHIN, Purpose, url
from digests.models import Subscriber
from jobs.mail import render_mail, send_mail_later


def send_confirmation(subscriber: Subscriber, *, now: datetime | None = None) -> None:
    """Mail the link that begins the subscription; it works for `CONFIRM_WITHIN`."""
    with translation.override(subscriber.reads_in):
        _send(
            subscriber,
            "confirm_subscription",
            _("Please confirm your digest"),
            link=url(subscriber, Purpose.CONFIRM, now=now),
            days=CONFIRM_WITHIN.days,
        )


def send_already_subscribed(subscriber: Subscriber) -> None:
    """Tell a subscriber that somebody, perhaps they themselves, asked for a digest that they have."""
    with translation.override(subscriber.reads_in):
        _send(
            subscriber,
            "confirm_subscription_already",
            _("You already get the digest"),
            link=url(subscriber, Purpose.PREFERENCES),
            unsubscribe_link=url(subscriber, Purpose.UNSUBSCRIBE),
        )


def _send(subscriber: Subscriber, template: str, subject: str, **context: Any) -> None:
    text, html = render_mail(template, {"subject": subject, "subscriber": subscriber, **context})
    send_mail_later(recipient=subscriber.email, subject=subject, text=text, html=html)
