"""An editor uploads a video and watches it become ready; a visitor plays it."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from masterclasses.actions import add_video
from masterclasses.models import PartCaptions, PartChapter, PartPage, Video
from masterclasses.templatetags.video_tags import HLS_MODULE
from tests.factories.masterclasses import PartPageFactory, film

SLOW = 90_000  # milliseconds: encoding on a busy machine


@pytest.fixture(scope="module")
def talk(tmp_path_factory):
    return film(tmp_path_factory.mktemp("browser-films") / "talk.mp4", seconds=16, size="1280x720")


@pytest.fixture
def signed_in(context: BrowserContext, live_server) -> BrowserContext:
    user = get_user_model().objects.create_superuser(email="producer@example.org", password="a long one")
    client = Client()
    client.force_login(user)
    name = django_settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    return context


def upload(page: Page, address: str, path, title: str) -> None:
    page.goto(f"{address}/admin/media/video/add/")
    page.get_by_label("Title").fill(title)
    page.set_input_files("input[type=file]", path)
    page.get_by_role("button", name="Upload").click()


def listen(page: Page) -> list[str]:
    """What the page complains about: errors of scripts and refusals of the security policy."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    return complaints


def video(page: Page, expression: str) -> Any:
    """Ask the page's <video>, as `v`. Playwright's own waiting needs eval(), which the security policy forbids."""
    return page.evaluate(f"(() => {{ const v = document.querySelector('video'); return {expression}; }})()")


def until(page: Page, expression: str, *, seconds: float = 30) -> None:
    ends = time.monotonic() + seconds
    while not video(page, expression):
        assert time.monotonic() < ends, f"not in {seconds} s: {expression}"
        page.wait_for_timeout(100)


def plays(page: Page) -> None:
    """The picture moves: its time goes on, and it is decoded."""
    # hls.js may just be taking over: it goes on with what was begun, but the promise of the first start is broken.
    video(page, "(v.muted = true, v.play().catch(() => 0), 0)")
    until(page, "v.currentTime > 0.5")
    assert video(page, "v.videoWidth") > 0


def test_a_video_goes_from_the_editors_desk_to_the_visitor(signed_in, page, live_server, talk, encoder, screen):
    upload(page, live_server.url, talk, "The marketplace")
    expect(page.get_by_text("Media file 'The marketplace' added.")).to_be_visible(timeout=SLOW)
    stored = Video.objects.get()
    expect(page.locator("[data-video-state]")).to_have_text("Waiting")

    page.goto(f"{live_server.url}/admin/media/edit/{stored.pk}/")
    expect(page.get_by_text("is next in line")).to_be_visible()
    working = encoder()
    expect(page.get_by_text(re.compile(r"being encoded: [1-9]\d? % done"))).to_be_visible(timeout=SLOW)
    screen(page, "encoding")
    expect(page.get_by_text("visitors can watch it")).to_be_visible(timeout=SLOW)
    working.join()
    screen(page, "ready")

    part = PartPageFactory(title="The marketplace", video=Video.objects.get())
    PartChapter.objects.create(part=part, start=8, title="Reading an offer")
    PartCaptions.objects.create(part=part, language="en", webvtt="WEBVTT\n\n00:00.000 --> 00:15.000\nTwo adverts\n")
    watch(page, live_server.url, part, screen)


def watch(page: Page, address: str, part: PartPage, screen) -> None:
    complaints = listen(page)
    page.goto(address + part.url)
    plays(page)
    page.get_by_role("link", name="Reading an offer").click()
    until(page, "v.currentTime >= 8")
    expect(page.get_by_role("link", name="Reading an offer")).to_have_attribute("aria-current", "true")
    page.get_by_role("button", name="Settings").click()
    page.get_by_label("Speed").select_option("1.5")
    page.keyboard.press("Escape")
    assert video(page, "v.playbackRate") == 1.5
    page.locator("video").press("k")
    assert video(page, "v.paused")
    page.locator("video").press("j")
    until(page, "v.currentTime < 8")
    page.locator("video").press("c")
    assert video(page, "[...v.textTracks].every(track => track.mode === 'disabled')")
    page.locator("video").press("c")
    assert video(page, "v.textTracks[0].mode") == "showing"
    screen(page, "part")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    screen(page, "part-on-a-phone")
    assert complaints == []


def test_without_scripts_the_video_plays_from_where_the_address_says(chromium, live_server, talk, encoder):
    add_video(title="Talk", file=ContentFile(talk.read_bytes(), "talk.mp4"))
    encoder().join()
    part = PartPageFactory(video=Video.objects.get())
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}{part.url}?t=8")
    page.locator("video").focus()
    page.keyboard.press("Space")
    # Playwright may still look; the page itself runs nothing.
    until(page, "v.readyState >= 1 && v.currentTime >= 7.5")
    context.close()


def test_a_visitor_who_waits_sees_the_percentage_and_is_told_when_it_is_ready(page, live_server, talk, encoder, screen):
    stored = add_video(title="Talk", file=ContentFile(talk.read_bytes(), "talk.mp4"))
    part = PartPageFactory(video=stored)
    page.goto(live_server.url + part.url)
    expect(page.get_by_text("waiting to be prepared")).to_be_visible()
    screen(page, "waiting")
    encoder()
    expect(page.get_by_role("link", name="The recording is ready")).to_be_visible(timeout=SLOW)
    page.get_by_role("link", name="The recording is ready").click()
    plays(page)


def test_a_file_that_is_no_video_is_refused_beside_the_field_and_the_title_is_kept(
    signed_in, page, live_server, tmp_path, screen
):
    (tmp_path / "talk.mp4").write_text("Dear colleague")
    upload(page, live_server.url, tmp_path / "talk.mp4", "The marketplace")
    field = page.locator("li").filter(has=page.locator("input[type=file]"))
    expect(field).to_contain_text("not a supported video file")
    expect(page.get_by_label("Title")).to_have_value("The marketplace")
    screen(page, "refused")
    assert not Video.objects.exists()


NO_NATIVE_HLS = """
const ask = HTMLMediaElement.prototype.canPlayType;
HTMLMediaElement.prototype.canPlayType = function (type) {
  return type.includes("mpegurl") ? "" : ask.call(this, type);
};
"""


def test_a_browser_without_hls_of_its_own_gets_it_from_the_module(page, live_server, talk, encoder):
    if not finders.find(HLS_MODULE):
        pytest.skip("hls.js is not installed: `npm ci` does that")
    add_video(title="Talk", file=ContentFile(talk.read_bytes(), "talk.mp4"))
    encoder().join()
    complaints = listen(page)
    page.add_init_script(NO_NATIVE_HLS)
    page.goto(live_server.url + PartPageFactory(video=Video.objects.get()).url)
    plays(page)
    until(page, "v.dataset.playing === 'hls' && v.currentSrc.startsWith('blob:')")
    video(page, "(v.currentTime = 12)")
    until(page, "v.currentTime > 12.5")
    assert complaints == []
