"""Going on where one left off: in another browser, without an account, and when signed addresses have ended."""

from __future__ import annotations

import re
import time
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect
from wagtail.models import PageViewRestriction

from masterclasses.access import tokens
from masterclasses.models import PartPage, WatchPosition
from tests.browser.playing import bar, open_part, seek, sign_in
from tests.browser.test_masterclasses import listen, until, video


@pytest.fixture
def reader(live_server):
    return get_user_model().objects.create_user(email="reader@example.org", password="a long one")


@pytest.fixture
def members_part(context, live_server, part, reader) -> PartPage:
    """A part for members, before one of them."""
    PageViewRestriction.objects.create(page=part.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    sign_in(context, live_server.url, reader)
    return part


def watch_to(page: Page, seconds: int) -> None:
    video(page, f"(v.muted = true, v.currentTime = {seconds}, v.play().catch(() => 0))")
    until(page, f"v.currentTime > {seconds + 0.4}")
    video(page, "v.pause()")


def test_who_is_signed_in_resumes_in_another_browser(chromium, context, page, live_server, part, reader, screen):
    sign_in(context, live_server.url, reader)
    with page.expect_response(re.compile("/watch/fragments/resume/")):
        page.goto(live_server.url + part.url)
    with page.expect_response(lambda answer: "/watch/beats/" in answer.url and answer.status == 200):
        watch_to(page, 13)
    assert 13 <= WatchPosition.objects.get(person=reader, part=part).seconds < 16

    elsewhere = chromium.new_context(locale="en-GB")
    sign_in(elsewhere, live_server.url, reader)
    second = elsewhere.new_page()
    complaints = listen(second)
    second.goto(live_server.url + part.get_parent().url)
    expect(second.locator(".part-left:visible")).to_have_text(re.compile("0:1[345], 1 min left"))
    screen(second, "series")
    second.goto(f"{live_server.url}/learning/")
    expect(second.get_by_role("region", name="Continue")).to_contain_text("Reading an offer")
    screen(second, "my-learning")
    second.goto(live_server.url + part.url)
    card = second.get_by_role("group", name="Where you left")
    expect(card).to_contain_text(re.compile("Part 2, 0:1[345], 1 min left"))
    screen(second, "resume")
    video(second, "(v.muted = true)")
    card.get_by_role("button", name="Resume").click()
    until(second, "v.currentTime >= 13 && !v.paused")
    expect(card).to_be_hidden()
    assert complaints == []
    elsewhere.close()


def test_without_an_account_this_browser_remembers(page, live_server, part):
    open_part(page, live_server.url, part)
    watch_to(page, 9)
    page.goto(live_server.url + part.get_parent().url)
    expect(page.locator(".part-left:visible")).to_have_text(re.compile("0:(09|1.), 1 min left"))
    page.goto(live_server.url + part.url)
    expect(page.get_by_role("group", name="Where you left")).to_be_visible()
    assert not WatchPosition.objects.exists()
    page.goto(f"{live_server.url}{part.url}?t=4")
    expect(page.locator(".player-time [data-now]")).to_have_text("0:04")
    expect(page.get_by_role("group", name="Where you left")).to_be_hidden()
    video(page, "(v.muted = true)")
    bar(page, "Play").click()
    until(page, "!v.paused && v.readyState >= 2 && v.currentTime >= 4 && v.currentTime < 8")


def five_hours_later(monkeypatch) -> None:
    later = time.time() + 5 * 3600
    monkeypatch.setattr(tokens, "time", SimpleNamespace(time=lambda: later))


def test_when_signed_addresses_end_the_player_fetches_new_ones_and_goes_on(
    page, live_server, members_part, monkeypatch
):
    open_part(page, live_server.url, members_part)
    seek(page, 2)
    signed = page.locator("source").first.get_attribute("src")
    assert "/~" in signed
    five_hours_later(monkeypatch)
    video(page, "(v.muted = true, v.currentTime = 18, v.play().catch(() => 0), 0)")
    until(page, "v.currentTime > 18.5 && !v.paused", seconds=40)
    assert page.context.request.get(live_server.url + signed).status == 404


def test_addresses_that_ended_before_anybody_pressed_play_are_fetched_anew(
    page, live_server, members_part, monkeypatch
):
    open_part(page, live_server.url, members_part, "?t=18")
    five_hours_later(monkeypatch)

    video(page, "(v.muted = true)")
    bar(page, "Play").click()

    until(page, "v.currentTime > 18.3 && !v.paused", seconds=40)


def test_who_has_been_signed_out_meanwhile_is_told_so(context, page, live_server, members_part, screen, monkeypatch):
    open_part(page, live_server.url, members_part)
    seek(page, 2)
    five_hours_later(monkeypatch)
    context.clear_cookies()
    video(page, "(v.muted = true, v.currentTime = 18, v.play().catch(() => 0), 0)")
    expect(page.get_by_text("You have been signed out.")).to_be_visible(timeout=40_000)
    expect(page.get_by_role("alert").get_by_role("link", name="Sign in")).to_be_visible()
    screen(page, "signed-out")
