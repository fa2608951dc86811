"""A browser whose storage is full, or forbidden: pages go on working, and say in words what is not kept."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from masterclasses.models import WatchCoverage
from tests.browser.playing import open_part, sign_in
from tests.browser.test_coverage import play
from tests.browser.test_masterclasses import listen
from tests.factories.accounts import PersonFactory
from tests.factories.careers import ArticlePageFactory

FORBIDDEN = """
for (const name of ["localStorage", "sessionStorage"]) {
  Object.defineProperty(window, name, { get() { throw new DOMException("Access is denied", "SecurityError"); } });
}
"""
FULL = """
for (let size = 1 << 20; size >= 1; size >>= 1) {
  try { for (let n = 0; ; n += 1) localStorage.setItem(`filler:${size}:${n}`, "x".repeat(size)); } catch {}
}
"""
NOT_KEPT = "This browser cannot keep it: its storage is full, or closed to this site."
LEAVE_OPEN = "Leave this page open until it can be: otherwise what you play now is lost."


@pytest.fixture(params=[FORBIDDEN, FULL], ids=["forbidden", "full"])
def page(request, context) -> Page:
    context.add_init_script(request.param)
    return context.new_page()


def test_a_visitor_is_told_that_nothing_can_be_marked_or_bookmarked(live_server, page, screen):
    complaints = listen(page)
    page.goto(live_server.url + ArticlePageFactory(title="Two offers").url)
    slip = page.locator("[data-reading]")
    expect(slip.get_by_text(NOT_KEPT)).to_be_hidden()

    slip.get_by_role("button", name="Mark as done (kept in this browser)").click()
    expect(slip.get_by_role("alert")).to_contain_text(NOT_KEPT)
    expect(slip.get_by_role("button", name="Mark as done (kept in this browser)")).to_be_focused()

    bookmark = page.locator("[data-keep]")
    bookmark.click()
    expect(bookmark.locator("xpath=..").get_by_role("alert")).to_contain_text(NOT_KEPT)
    expect(bookmark).to_have_attribute("aria-pressed", "false")
    screen(page, "article")
    page.get_by_role("button", name="Theme").or_(page.locator("[data-theme-toggle]")).first.click()
    assert complaints == []


def test_a_visitor_watches_and_is_told_that_it_is_not_kept(live_server, page, part, screen):
    complaints = open_part(page, live_server.url, part)

    play(page, 4, 6)

    expect(page.locator(".played").get_by_role("alert")).to_contain_text(NOT_KEPT)
    expect(page.locator("[data-kept]")).to_be_hidden()
    expect(page.locator("[data-seen] span")).to_have_count(1)
    screen(page, "part")
    assert complaints == []


def test_without_a_connection_the_page_has_to_stay_open_and_then_all_arrives(context, live_server, page, part, screen):
    sign_in(context, live_server.url, PersonFactory())
    with page.expect_response(re.compile("/watch/fragments/resume/")):
        open_part(page, live_server.url, part)
    page.route(re.compile("/watch/beats/"), lambda route: route.abort())

    play(page, 2, 4)
    expect(page.locator(".played").get_by_role("alert")).to_contain_text(LEAVE_OPEN)
    screen(page, "no-connection")
    assert not WatchCoverage.objects.exists()

    page.unroute(re.compile("/watch/beats/"))
    play(page, 10, 12)
    expect(page.locator("[data-seen] span")).to_have_count(2)
    expect(page.get_by_text(LEAVE_OPEN)).to_be_hidden()
    assert len(WatchCoverage.objects.get().spans) == 2
