"""A digest tells of evenings in the reader's areas, and does not come for them alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
import time_machine

from digests.links import Links
from digests.rendering import render
from digests.selection import assemble, choose
from tests.factories.digests import SubscriberFactory, marketplace, new_article
from tests.factories.home import AreaFactory
from tests.factories.masterclasses import MasterclassPageFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel(NOW, tick=False):
        yield


def evening(title, day=date(2026, 12, 3), **fields):
    usual = {"areas": [marketplace()], "event_begins": time(18, 30), "event_place": "Ropewalk Library, Bristol"}
    return MasterclassPageFactory(title=title, event_date=day, first_published_at=LONG_AGO, **usual | fields)


def digest_of(subscriber):
    return assemble(subscriber, choose(subscriber, now=NOW))


def test_it_tells_of_what_is_coming_in_the_readers_areas_the_next_first():
    new_article(areas=[marketplace()])
    evening("Later", date(2026, 12, 10))
    evening("Sooner")
    evening("Elsewhere", areas=[AreaFactory(slug="networking")])
    evening("Over", date(2026, 11, 1))
    evening("Off", event_cancelled=True)
    evening("Next year", date(2027, 3, 1))

    digest = digest_of(SubscriberFactory())
    mail = render(digest, links=Links("https://a.test/p", "https://a.test/u"), on=NOW.date())

    assert [page.title for page in digest.evenings] == ["Sooner", "Later"]
    for text in (mail.html, mail.text):
        assert "Thursday 3 December, 18:30 (GMT)" in text
        assert "Ropewalk Library, Bristol" in text
        assert "Elsewhere" not in text
    assert "EVENINGS IN YOUR AREAS" in mail.text


def test_an_evening_alone_is_no_reason_to_write():
    evening("Sooner")

    assert choose(SubscriberFactory(), now=NOW) == []


def test_what_an_evening_is_called_stays_on_its_line():
    new_article(areas=[marketplace()])
    evening("Soup\r\nBcc: x@evil.test <b>", event_place="Room\r\n1")

    mail = render(digest_of(SubscriberFactory()), links=Links("https://a.test/p", "https://a.test/u"), on=NOW.date())

    assert "\nBcc:" not in mail.text
    assert "<b>" not in mail.html
