"""What is really played: told to the server, shown on the bar and in words, and kept without an account."""

from __future__ import annotations

import json
import re

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect

from careers.models import Completion
from masterclasses.models import WatchCoverage
from tests.browser.playing import open_part, seek, sign_in
from tests.browser.test_masterclasses import until, video


@pytest.fixture
def reader(live_server):
    return get_user_model().objects.create_user(email="reader@example.org", password="a long one")


@pytest.fixture
def short(part):
    """The credits begin after twelve seconds."""
    part.credits_start = 12
    part.save()
    return part


def play(page: Page, start: float, end: float) -> None:
    """Jump to `start`, and play at double speed until `end`."""
    video(page, "(v.muted = true, v.playbackRate = 2)")
    seek(page, start)
    video(page, "v.play()")
    until(page, f"v.currentTime >= {end}")
    video(page, "v.pause()")


def told(page: Page):
    return page.expect_response(lambda answer: "/watch/beats/" in answer.url and answer.status == 200)


def test_what_is_played_arrives_holes_are_shown_and_the_part_completes_in_every_tab(
    context, page, live_server, short, reader, screen
):
    sign_in(context, live_server.url, reader)
    with page.expect_response(re.compile("/watch/fragments/resume/")):
        complaints = open_part(page, live_server.url, short)
    other = context.new_page()
    other.goto(live_server.url + short.url)
    expect(other.get_by_role("link", name="Sign in")).to_have_count(0)

    with told(page):
        play(page, 0, 3)
    with told(page):
        play(page, 7, 12.3)

    words = page.locator(".played")
    expect(words).to_contain_text("You missed")
    expect(words.get_by_role("link")).to_have_count(1)
    expect(other.locator(".played")).to_contain_text("You missed")
    expect(page.locator("[data-seen] span")).to_have_count(2)
    expect(other.locator("[data-seen] span")).to_have_count(2)
    screen(page, "missed")
    assert not Completion.objects.exists()

    with told(page):
        words.get_by_role("link").click()
        until(page, "v.currentTime >= 7.3")
        video(page, "v.pause()")

    expect(words).to_contain_text("that is enough")
    expect(other.locator(".played")).to_contain_text("that is enough")
    expect(page.locator("[data-seen] span")).to_have_count(1)
    screen(page, "enough")
    assert Completion.objects.get(person=reader, page=short).how == "watched"
    (start, end), *rest = WatchCoverage.objects.get().spans
    assert not rest
    assert start < 0.3
    assert 12 < end < 14
    assert complaints == []


def test_what_is_played_offline_is_told_by_a_later_page(context, page, live_server, short, reader):
    sign_in(context, live_server.url, reader)
    with page.expect_response(re.compile("/watch/fragments/resume/")):
        open_part(page, live_server.url, short)
    page.route(re.compile("/watch/beats/"), lambda route: route.abort())
    play(page, 2, 5)
    until(page, "Object.keys(localStorage).some((key) => key.startsWith('beats:'))")
    assert not WatchCoverage.objects.exists()
    page.unroute(re.compile("/watch/beats/"))

    with told(page):
        page.goto(live_server.url + short.url)

    until(page, "!Object.keys(localStorage).some((key) => key.startsWith('beats:'))")
    (start, end), *_rest = WatchCoverage.objects.get().spans
    assert 1.9 <= start <= 2.3
    assert 4.9 <= end <= 6.5


def test_without_an_account_this_browser_keeps_it_and_says_so(page, live_server, short):
    complaints = open_part(page, live_server.url, short)
    expect(page.locator("[data-kept]")).to_have_count(1)
    play(page, 4, 6)

    expect(page.locator("[data-kept]")).to_contain_text(
        re.compile(r"You have played 0:0\d of 0:\d\d, kept in this browser")
    )
    expect(page.locator("[data-kept]").get_by_role("link")).to_have_text("0:00–0:04")
    kept = json.loads(page.evaluate("localStorage.getItem('progress')"))
    (row,) = kept["sections"]["coverage"]
    assert row["part"] == short.pk
    assert len(row["spans"]) == 1
    assert not WatchCoverage.objects.exists()
    assert complaints == []
