"""Before anybody presses play: a picture and a bar, and not a byte of film."""

from __future__ import annotations

import re

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Page

from masterclasses.templatetags.video_tags import HLS_MODULE
from tests.browser.playing import bar, open_part
from tests.browser.test_masterclasses import until, video

#: Captions and chapters are words: the page has them before.
FILM = re.compile(r"/watch/(?!captions|chapters).*\.(m3u8|mp4|m4s|m4a|vtt)$|hls[.\w]*\.mjs$")
POSTER = re.compile(r"/watch/.*\.jpg$")
SHIFTS = """() => new Promise((done) => {
  new PerformanceObserver((list) => done(list.getEntries().map(({ value }) => value)))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done([]), 500);
})"""


@pytest.fixture
def asked(page: Page) -> list[str]:
    """The addresses that the page asks for."""
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url.partition("?")[0]))
    return addresses


def of_film(addresses: list[str]) -> list[str]:
    return [address for address in addresses if FILM.search(address)]


def test_a_part_that_is_only_read_asks_for_its_picture_and_for_nothing_of_the_film(page, live_server, part, asked):
    open_part(page, live_server.url, part)
    page.wait_for_load_state("networkidle")
    page.get_by_role("heading", name="Chapters").scroll_into_view_if_needed()
    page.wait_for_timeout(500)

    assert [address for address in asked if POSTER.search(address)]
    assert of_film(asked) == []
    assert video(page, "[v.readyState, v.buffered.length]") == [0, 0]


def test_who_comes_near_the_player_gets_what_plays_but_not_what_is_played(page, live_server, part, asked):
    if not finders.find(HLS_MODULE):
        pytest.skip("hls.js is not installed: `npm ci` does that")
    open_part(page, live_server.url, part)

    with page.expect_response(re.compile(r"hls[.\w]*\.mjs$")):
        page.locator("video").hover()

    page.wait_for_load_state("networkidle")
    assert [address.rpartition("/")[2].partition(".")[0] for address in of_film(asked)] == ["hls"]


@pytest.mark.parametrize("way", ["button", "picture", "key", "chapter", "transcript"])
def test_each_way_to_begin_fetches_the_film_and_plays_it(page, live_server, part, asked, way):
    complaints = open_part(page, live_server.url, part)
    video(page, "(v.muted = true)")
    beginnings = {
        "button": lambda: bar(page, "Play").click(),
        "picture": lambda: page.locator("video").click(),
        "key": lambda: page.locator("video").press("k"),
        "chapter": lambda: page.get_by_role("link", name="What it says").click(),
        "transcript": lambda: page.locator("[data-transcript] [data-start]").first.click(),
    }

    beginnings[way]()

    until(page, f"v.currentTime > {8.3 if way == 'chapter' else 0.3} && !v.paused && v.videoWidth > 0")
    assert of_film(asked)
    assert complaints == []


def test_a_second_chosen_before_the_film_is_there_is_where_it_begins(page, live_server, part):
    open_part(page, live_server.url, part)
    video(page, "(v.muted = true)")
    film = page.locator("video")

    for key in ("5", "l", "Home", "ArrowRight"):
        film.press(key)
    film.press("k")

    until(page, "v.currentTime > 5.2 && !v.paused")
    assert video(page, "v.currentTime") < 9


def test_sound_alone_can_be_chosen_before_a_picture_is_fetched(page, live_server, part, asked):
    open_part(page, live_server.url, part)
    video(page, "(v.muted = true)")
    bar(page, "Settings").click()
    page.get_by_label("Sound only").check()
    page.keyboard.press("Escape")
    bar(page, "Play").click()

    until(page, "v.currentTime > 0.3 && !v.paused")
    assert {address.rpartition(".")[2] for address in of_film(asked)} - {"mjs"} == {"m4a"}

    bar(page, "Settings").click()
    page.get_by_label("Sound only").uncheck()
    until(page, "v.videoWidth > 0 && !v.paused")


def test_nothing_moves_while_the_page_and_then_the_film_arrive(page, live_server, part):
    open_part(page, live_server.url, part)
    page.wait_for_load_state("networkidle")
    assert sum(page.evaluate(SHIFTS)) < 0.01
    before = page.locator("[data-stage]").bounding_box()

    video(page, "(v.muted = true)")
    bar(page, "Play").click()

    until(page, "v.currentTime > 0.3")
    assert page.locator("[data-stage]").bounding_box() == before
