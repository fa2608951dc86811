"""The way to the digest, and out of it, as a reader goes it with the links from mails."""

from __future__ import annotations

from typing import Any

from digests.links import Purpose, token
from tests.browser.screens.screen import Screen, Screens
from tests.factories.digests import SubscriberFactory

NAMES = (
    "digests:subscribe",
    "digests:asked",
    "digests:confirm",
    "digests:unsubscribe",
    "digests:preferences_by_link",
    "digests:erase",
    "digests:return",
)


def screens() -> Screens:
    made: list[Any] = [SubscriberFactory(), SubscriberFactory(pending=True), SubscriberFactory(left=True)]
    reader, newcomer, gone = made
    preferences = f"/digest/p/{token(reader, Purpose.PREFERENCES)}"
    yield Screen("digests:subscribe", "/digest/subscribe/")
    yield Screen("digests:subscribe", "/digest/subscribe/", sent=True)
    yield Screen("digests:asked", "/digest/check-your-mail/")
    yield Screen("digests:confirm", f"/digest/c/{token(newcomer, Purpose.CONFIRM)}")
    yield Screen("digests:confirm", "/digest/c/cut-short")
    yield Screen("digests:preferences_by_link", preferences)
    yield Screen("digests:erase", f"{preferences}/erase")
    yield Screen("digests:unsubscribe", f"/digest/u/{token(reader, Purpose.UNSUBSCRIBE)}")
    yield Screen("digests:unsubscribe", f"/digest/u/{token(reader, Purpose.UNSUBSCRIBE)}", sent=True)
    yield Screen("digests:return", f"/digest/r/{token(gone, Purpose.RETURN)}")
