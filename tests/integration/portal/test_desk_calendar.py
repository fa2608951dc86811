"""The readiness calendar: what every floor has scheduled, what clashes, who sees what, and at what cost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.groups import DIGEST_EDITORS, EDITORS, VIDEO_PRODUCERS
from home.desk.calendar import clashes_ahead
from home.desk.schedule import entries_between
from tests.factories.accounts import AdminFactory, PersonFactory, browser_of
from tests.factories.careers import ArticlePageFactory
from tests.factories.digests import SubscriberFactory
from tests.factories.editions import EditionFactory
from tests.factories.home import HomePageFactory
from tests.factories.masterclasses import PartPageFactory, PieceFactory, TranscodeFactory, parked
from tests.queries import assert_constant_queries, fetch

pytestmark = pytest.mark.django_db

CALENDAR = reverse("desk_calendar")
NOW = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _site():
    HomePageFactory()
    with time_machine.travel(NOW, tick=False):
        yield


def scheduled(page, at=MONDAY):
    page.go_live_at = at
    page.live = False
    page.save()
    page.save_revision(approved_go_live_at=at)
    return page


def on_its_way(part, *, seconds_left=600):
    """Let this part's video be encoded, and let history say how long it takes."""
    done = TranscodeFactory(status="done", started_at=NOW, finished_at=NOW)
    PieceFactory(transcode=done, status="done", cost=60, started_at=NOW - timedelta(seconds=60), finished_at=NOW)
    PieceFactory(transcode=parked(video=part.video), cost=seconds_left)


def said(person, **query):
    return browser_of(person).get(CALENDAR, query).content.decode()


def between(person):
    return entries_between(person, NOW, NOW + timedelta(days=30))


def test_a_page_that_is_to_go_live_stands_on_its_day():
    scheduled(ArticlePageFactory(title="Salary talks"))

    for view in ({}, {"as": "list"}):
        page = said(AdminFactory(), month="2026-11", **view)
        assert "Salary talks" in page
        assert 'datetime="2026-11-23T09:00:00+00:00"' in page
    assert "Salary talks" not in said(AdminFactory(), month="2027-02")


def test_a_page_that_expires_stands_there_too():
    ArticlePageFactory(title="Autumn call", expire_at=MONDAY)

    assert [(e.title, e.words) for e in between(AdminFactory())] == [("Autumn call", "expires")]


def test_editors_see_only_what_they_may_change_and_digests_only_who_looks_after_them():
    scheduled(ArticlePageFactory(title="Salary talks"))
    edition = EditionFactory(first_day=MONDAY.date())
    assert between(PersonFactory(groups=[DIGEST_EDITORS])) == [], "it goes to nobody yet"
    SubscriberFactory(rhythm="weekly", next_due_at=edition.span.begins_at + timedelta(days=3))

    assert [e.title for e in between(PersonFactory(groups=[EDITORS]))] == ["Salary talks"]
    assert {e.title for e in between(PersonFactory(groups=[DIGEST_EDITORS]))} == {"The weekly digest"}
    assert between(PersonFactory(groups=[VIDEO_PRODUCERS])) == []


def test_a_video_stands_there_with_its_forecast():
    part = PartPageFactory(title="Kick-off", video=TranscodeFactory(status="cancelled").video)
    on_its_way(part)

    [entry] = between(PersonFactory(groups=[VIDEO_PRODUCERS]))

    assert (entry.title, entry.words, entry.about) == ("Kick-off", "its video is ready", True)
    assert entry.at > NOW


def test_what_clashes_is_said_in_words_here_and_on_the_home_page():
    part = PartPageFactory(title="Kick-off", video=TranscodeFactory(status="cancelled").video)
    scheduled(part, at=NOW + timedelta(minutes=1))
    on_its_way(part)
    EditionFactory(first_day=MONDAY.date())
    SubscriberFactory(rhythm="weekly", next_due_at=MONDAY - timedelta(hours=1))
    scheduled(ArticlePageFactory(title="Salary talks"))
    admin = AdminFactory()

    page = said(admin)

    assert "goes live 12:01, its video is ready about 12:10" in page
    assert "goes live 09:00, the weekly digest closes 08:00" in page
    first, second = clashes_ahead(admin).lines
    assert (first.title, second.title) == ("Kick-off", "Salary talks")
    assert second.words.startswith("Monday 23 November: goes live 09:00, the weekly digest closes 08:00. ")


def test_a_part_that_goes_live_without_a_video_or_with_one_that_failed_clashes():
    scheduled(PartPageFactory(title="Bare"))
    failed = TranscodeFactory(status="failed", reason="Damaged.")
    scheduled(PartPageFactory(title="Broken", video=failed.video))

    words = {line.title: line.words for line in clashes_ahead(AdminFactory()).lines}

    assert "it has no video" in words["Bare"]
    assert "its video did not work" in words["Broken"]


def test_digests_after_the_next_are_foretold_with_the_same_hour():
    SubscriberFactory(rhythm="weekly", next_due_at=MONDAY)

    entries = between(AdminFactory())

    assert [e.at.astimezone(UTC) for e in entries] == [MONDAY + timedelta(days=7 * n) for n in range(4)]
    assert all(e.about for e in entries)


def test_times_are_those_of_the_reader():
    scheduled(ArticlePageFactory(title="Salary talks"), at=datetime(2026, 11, 30, 23, 30, tzinfo=UTC))
    with timezone.override("Europe/Berlin"):
        from home.desk.months import Month

        december = Month.asked("2026-12")
        assert [e.title for e in entries_between(AdminFactory(), december.begins, december.ends)] == ["Salary talks"]


def test_the_calendar_costs_the_same_however_much_is_scheduled():
    def grow(number):
        for _ in range(number):
            part = PartPageFactory(video=TranscodeFactory(status="cancelled").video)
            on_its_way(scheduled(part))
            scheduled(ArticlePageFactory())
            ArticlePageFactory(expire_at=MONDAY)

    assert_constant_queries(fetch(CALENDAR, browser_of(AdminFactory())), grow, at_most=60)
