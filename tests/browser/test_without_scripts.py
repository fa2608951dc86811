"""With JavaScript switched off everything is there to read, to watch, to find, to subscribe to and to tick off."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from careers.models import Completion
from digests.models import Subscriber
from tests.browser.playing import sign_in
from tests.browser.test_masterclasses import until
from tests.factories.accounts import PersonFactory
from tests.factories.careers import ArticlePageFactory, LearningPathPageFactory
from tests.factories.home import AreaFactory, HomePageFactory


@pytest.fixture
def plain(chromium) -> Iterator[Page]:
    """A page in a browser that runs no script."""
    with chromium.new_context(java_script_enabled=False, locale="en-GB") as context:
        context.set_default_timeout(15_000)
        yield context.new_page()


@pytest.fixture
def path(live_server):
    HomePageFactory()
    body = [("rich_text", "<p>Say who you are.</p>")]
    area = AreaFactory(title="The marketplace", slug="marketplace")
    return LearningPathPageFactory(
        title="Know your market", areas=[area], stages=[[ArticlePageFactory(title="First words", body=body)]]
    )


def test_a_path_leads_to_its_articles_and_they_are_read(plain, live_server, path):
    plain.goto(live_server.url + path.url)
    expect(plain.get_by_role("heading", level=1)).to_have_text("Know your market")
    plain.locator(".route").get_by_role("link", name="First words").click()

    expect(plain.get_by_role("heading", level=1)).to_have_text("First words")
    expect(plain.get_by_text("Say who you are.")).to_be_visible()
    expect(plain.locator("[data-theme-toggle]")).to_be_hidden()


def test_a_part_has_the_browsers_own_player_chapters_and_words(plain, live_server, part):
    plain.goto(live_server.url + part.url)
    film = plain.locator("video")
    assert film.get_attribute("controls") is not None
    assert film.get_attribute("poster")
    expect(plain.locator("[data-bar]")).to_be_hidden()
    expect(plain.get_by_text("Two adverts for one post").first).to_be_visible()

    plain.get_by_role("link", name="What it says").click()

    plain.wait_for_url("**?t=8")
    film.focus()
    plain.keyboard.press("Space")
    until(plain, "!v.paused && v.currentTime >= 7.5")


@pytest.mark.searches
def test_what_is_searched_for_is_found(plain, live_server, path):
    plain.goto(f"{live_server.url}/search/")
    plain.get_by_role("main").get_by_role("searchbox").fill("words")
    plain.keyboard.press("Enter")

    expect(plain.get_by_role("main").get_by_role("link", name="First words", exact=True)).to_be_visible()


def test_a_reader_subscribes(plain, live_server, path):
    plain.goto(live_server.url + path.url)
    plain.get_by_role("link", name="Get the digest").first.click()
    plain.get_by_label("E-mail address").fill("amara@example.org")
    plain.get_by_role("button", name="Send me the digest").click()

    expect(plain).to_have_url(f"{live_server.url}/digest/check-your-mail/")
    assert Subscriber.objects.get().email == "amara@example.org"


def test_a_reader_ticks_off_what_is_done_and_takes_it_back(plain, live_server, path):
    reader = PersonFactory()
    sign_in(plain.context, live_server.url, reader)
    plain.goto(f"{live_server.url}{path.url}")
    plain.locator(".route").get_by_role("link", name="First words").click()
    plain.locator(".slip").filter(has_text="tick off what you have done").get_by_role("link").click()
    plain.get_by_role("button", name="Mark as done").click()

    expect(plain.get_by_role("button", name="Not done after all")).to_be_visible()
    assert Completion.objects.get(person=reader).page.title == "First words"

    plain.get_by_role("button", name="Not done after all").click()
    expect(plain.get_by_role("button", name="Mark as done")).to_be_visible()
    assert not Completion.objects.exists()
