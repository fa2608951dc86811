"""What every floor tells the person at the desk: what it says, to whom, and at what cost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.groups import DIGEST_EDITORS, EDITORS, MODERATORS, VIDEO_PRODUCERS
from careers.desk.needs import unanswered
from digests.desk.needs import approvals, next_digests
from digests.models import DigestSettings
from masterclasses.desk.needs import broken, on_their_way
from tests.factories.accounts import AdminFactory, PersonFactory, browser_of
from tests.factories.careers import FeedbackFactory
from tests.factories.digests import SubscriberFactory, new_article
from tests.factories.editions import EditionFactory, EditionItemFactory, edition_with
from tests.factories.home import HomePageFactory
from tests.factories.languages import translated
from tests.factories.masterclasses import TranscodeFactory, parked
from tests.queries import assert_constant_queries, fetch

pytestmark = pytest.mark.django_db

HOME = reverse("wagtailadmin_home")


@pytest.fixture(autouse=True)
def _site():
    HomePageFactory()


def failed(**fields):
    return TranscodeFactory(status="failed", reason="The file is damaged.", attempts=3, **fields)


def member_of(group):
    return PersonFactory(groups=[group])


def test_a_failed_video_says_why_and_leads_to_where_it_is_repaired():
    video = failed(video__title="Kick-off").video

    need = broken(member_of(VIDEO_PRODUCERS))

    [line] = need.lines
    assert (line.title, line.urgent) == ("Kick-off", True)
    assert "The file is damaged." in line.words
    assert line.address == reverse("wagtailmedia:edit", args=[video.pk])


def test_a_video_on_its_way_is_good_to_know_and_asks_for_nothing():
    parked(video__title="Kick-off")

    need = on_their_way(member_of(VIDEO_PRODUCERS))

    assert [line.title for line in need.lines] == ["Kick-off"]
    assert "No forecast yet" in need.lines[0].words
    assert not need.asks


def test_who_does_not_look_after_videos_is_not_told_of_them():
    failed()

    assert broken(member_of(DIGEST_EDITORS)) is None
    assert on_their_way(member_of(DIGEST_EDITORS)) is None


def test_a_reader_who_wrote_something_waits_for_an_answer():
    FeedbackFactory(helpful=False, sentence="Where is the template?")
    FeedbackFactory(helpful=True, sentence="")
    FeedbackFactory(sentence="Thanks", answer="With pleasure", answered_at="2026-01-01T00:00Z")

    need = unanswered(member_of(EDITORS))

    assert [line.title for line in need.lines] == ["“Where is the template?”"]
    assert need.count == 1
    assert unanswered(member_of(VIDEO_PRODUCERS)) is None


def test_the_next_digest_says_to_how_many_it_goes_when_and_with_what():
    edition = edition_with(new_article(title="Salary talks"))
    SubscriberFactory.create_batch(2, rhythm="weekly", next_due_at=edition.span.begins_at + timedelta(days=3))

    need = next_digests(member_of(DIGEST_EDITORS))

    [line] = need.lines
    assert "2 subscribers" in line.words
    assert "“Salary talks”" in line.words
    assert not need.asks
    assert next_digests(member_of(EDITORS)) is None


def test_the_next_digest_names_pages_in_the_portals_own_language_before_their_translations():
    page = new_article(title="Salary talks")
    edition_with(page, translated(page, title="Gehaltsgespräche"))

    words = next_digests(member_of(DIGEST_EDITORS)).lines[0].words

    assert words.index("Salary talks") < words.index("Gehaltsgespräche")


def test_an_empty_digest_for_nobody_is_said_to_be_that():
    EditionFactory()

    words = next_digests(member_of(DIGEST_EDITORS)).lines[0].words

    assert "Nobody is due to get it." in words
    assert "not sent" in words


def test_an_edition_asks_for_approval_only_where_the_site_wants_it():
    edition = EditionFactory()
    moderator = member_of(MODERATORS)
    assert approvals(moderator) is None

    DigestSettings.objects.update_or_create(defaults={"needs_approval": True})

    assert [line.title for line in approvals(moderator).lines] == [str(edition)]
    assert approvals(member_of(DIGEST_EDITORS)) is None


def test_the_home_page_costs_the_same_however_much_every_floor_has_to_say():
    edition = EditionFactory()

    def grow(number):
        for _ in range(number):
            failed()
            parked()
            FeedbackFactory(sentence="Where is the template?")
            EditionItemFactory(edition=edition)

    assert_constant_queries(fetch(HOME, browser_of(AdminFactory())), grow, rows=6, at_most=80)
