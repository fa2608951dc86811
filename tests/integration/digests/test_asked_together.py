"""Fifty clicks at once on “Send me the digest” are one subscription and one mail."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client

from digests.models import ConsentReceipt, Subscriber
from jobs.models import Mail
from tests.factories.digests import marketplace

CLICKS = 50


@pytest.mark.django_db(transaction=True)
def test_fifty_askings_at_once_are_one_subscription_and_one_mail(monkeypatch):
    monkeypatch.setattr("digests.limits.ASKINGS", CLICKS)
    answers = {
        "email": "me@example.org",
        "areas": [marketplace().pk],
        "rhythm": "weekly",
        "weekday": 1,
        "month_day": 1,
        "hour": 8,
        "time_zone": "Europe/London",
    }

    def ask(_click: int) -> int:
        try:
            return Client().post("/digest/subscribe/", answers).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        statuses = list(threads.map(ask, range(CLICKS)))

    assert statuses == [302] * CLICKS
    assert Subscriber.objects.count() == 1
    assert Mail.objects.count() == 1
    assert ConsentReceipt.objects.count() == 1
