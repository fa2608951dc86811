"""Progress that begins without an account, and is in it after signing up: shown first, and only then added."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from careers.models import Completion
from careers.progress import sums
from jobs.models import Mail
from tests.browser.test_accounts import sign_in
from tests.factories.accounts import PASSWORD
from tests.factories.careers import ArticlePageFactory, LearningPathPageFactory

pytestmark = pytest.mark.browser

KEPT = "This browser has kept what you read before you signed in."


@pytest.fixture
def articles(live_server):
    return [ArticlePageFactory(title=title) for title in ("Five shapes of office", "Reading an advert")]


@pytest.fixture
def path(articles):
    return LearningPathPageFactory(title="Know your market", stages=[articles])


def make_an_account(page: Page, base: str) -> None:
    page.goto(f"{base}/accounts/signup/")
    page.get_by_label("Your name").fill("Amara Okonjo")
    page.get_by_label("Email").fill("amara@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password (again)").fill(PASSWORD)
    page.get_by_role("button", name="Make an account").click()
    page.get_by_role("heading", name="Look into your inbox").wait_for()
    page.set_content(Mail.objects.get(recipient="amara@example.org").html)
    page.get_by_role("link", name="Confirm this address").click()
    page.get_by_role("button", name="Yes, confirm it").click()
    page.get_by_role("heading", name="Sign in").wait_for()
    sign_in(page, "amara@example.org")
    page.wait_for_url(f"{base}/")


def stop(page: Page, article):
    return page.locator(f'.route [data-page="{article.pk}"]')


def test_a_visitor_reads_and_marks_makes_an_account_and_adds_it(live_server, page, screen, path, articles, monkeypatch):
    monkeypatch.setattr(sums, "SHARE_OF_MINUTES", 0.03)
    was_read, marked = articles
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))

    page.goto(live_server.url + was_read.url)
    page.get_by_text("Where to begin").first.wait_for()
    page.wait_for_timeout(2500)  # its beginning is looked at, too
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(page.get_by_text("Kept in this browser.")).to_be_visible()
    screen(page, "read")
    page.goto(live_server.url + marked.url)
    page.get_by_role("button", name="Mark as done (kept in this browser)").click()
    expect(page.get_by_role("button", name="Not done after all")).to_be_focused()
    page.goto(live_server.url + path.url)
    for article in articles:
        expect(stop(page, article)).to_have_class(re.compile("is-done"))
    screen(page, "path-of-a-visitor")

    make_an_account(page, live_server.url)
    expect(page.get_by_text(KEPT)).to_be_visible()
    assert not Completion.objects.exists()
    page.get_by_role("link", name="See what it is").click()
    expect(page.get_by_text("1 article read to its end")).to_be_visible()
    expect(page.get_by_text("1 page marked as done")).to_be_visible()
    screen(page, "kept")
    assert not Completion.objects.exists()
    page.get_by_role("button", name="Add to my account").click()
    expect(page.get_by_text("It is in your account now.")).to_be_visible()

    page.goto(live_server.url + path.url)
    expect(page.get_by_text("You have already done 2 of 2 steps.")).to_be_visible()
    expect(page.get_by_text(KEPT)).to_have_count(0)
    assert dict(Completion.objects.values_list("page_id", "how")) == {was_read.pk: "read", marked.pk: "marked"}
    assert broken == []
