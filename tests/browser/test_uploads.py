"""Uploading in the admin: interrupted, continued, finished; several at once; without the script; by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from masterclasses.models import Upload, Video
from masterclasses.templatetags.video_tags import TUS_CLIENT
from masterclasses.uploads import rules
from tests.factories.masterclasses import VideoFactory, film

SLOW = 90_000  # milliseconds: a busy machine
PAGE = "/admin/videos/upload/"


@pytest.fixture(scope="module")
def talk(tmp_path_factory) -> Path:
    return film(tmp_path_factory.mktemp("browser-films") / "The marketplace.mp4", seconds=16, size="1280x720")


@pytest.fixture
def desk(context: BrowserContext, live_server) -> Page:
    """A page of the admin, with a producer signed in."""
    if not finders.find(TUS_CLIENT):
        pytest.skip("tus-js-client is not installed: `npm ci` does that")
    user = get_user_model().objects.create_superuser(email="producer@example.org", password="a long one")
    client = Client()
    client.force_login(user)
    name = django_settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    return context.new_page()


@pytest.fixture
def small_pieces(monkeypatch) -> int:
    monkeypatch.setattr(rules, "CHUNK", 64 * 1024)
    return rules.CHUNK


def narrow_line(page: Page, bytes_a_second: int) -> Callable[[bool], None]:
    """Let the page send slowly; return what cuts its line, or mends it."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")

    def cut(offline: bool) -> None:
        limits = {"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": bytes_a_second}
        session.send("Network.emulateNetworkConditions", limits)

    cut(False)
    return cut


def settle(page: Page) -> None:
    """Wait until nothing moves; what the page itself breaks off has settled, too."""
    page.evaluate("Promise.allSettled(document.getAnimations().map((change) => change.finished))")


def looks_right(page: Page, screen, name: str) -> None:
    """In light and dark, wide and narrow: no rule of accessibility broken, and nothing sticks out."""
    for scheme in ("light", "dark"):
        for width in (1280, 390):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate(f"document.documentElement.classList.toggle('w-theme-dark', {str(scheme == 'dark').lower()})")
            settle(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            screen(page, f"{name}-{scheme}-{width}")
            found = Axe().run(page, context=".uploads")
            assert found.violations_count == 0, found.generate_report()
    page.set_viewport_size({"width": 1280, "height": 900})


def test_an_upload_survives_a_closed_window_and_its_encode_is_followed(
    desk, context, live_server, talk, small_pieces, encoder, screen
):
    desk.goto(live_server.url + PAGE)
    narrow_line(desk, talk.stat().st_size // 10)
    desk.set_input_files("input[type=file]", talk)
    expect(desk.locator("[data-upload-words]")).to_contain_text(re.compile(r"[2-6]\d %"), timeout=SLOW)
    screen(desk, "sending")
    desk.close()

    page = context.new_page()
    page.goto(live_server.url + PAGE)
    upload = Upload.objects.get()
    row = page.locator("[data-upload]")
    expect(row).to_contain_text(f"Choose the same file again to continue at {upload.percent} %")
    assert 0 < upload.offset < upload.length
    looks_right(page, screen, "unfinished")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.set_input_files("input[type=file]", talk)
    expect(row).to_contain_text("It is in the library.", timeout=SLOW)

    assert "POST" not in sent  # it went on; nothing was begun again
    assert sent.count("PATCH") <= -(-(upload.length - upload.offset) // small_pieces) + 1
    video = Video.objects.get()
    assert (video.title, video.source_bytes) == ("The marketplace", talk.stat().st_size)
    with video.file.open() as stored:
        assert stored.read() == talk.read_bytes()
    expect(row.get_by_role("link", name="The marketplace")).to_have_attribute("href", f"/admin/media/edit/{video.pk}/")
    encoder()
    expect(row).to_contain_text(re.compile(r"encoded: [1-9]\d? % done"), timeout=SLOW)
    screen(page, "done")


def test_several_files_at_once_each_say_how_they_fare(desk, live_server, talk, tmp_path, screen):
    (tmp_path / "letter.mp4").write_text("Dear colleague")
    (tmp_path / "empty.mp4").write_text("")
    desk.goto(live_server.url + PAGE)

    desk.set_input_files("input[type=file]", [talk, tmp_path / "letter.mp4", tmp_path / "empty.mp4"])

    rows = desk.locator("[data-upload]")
    expect(rows.filter(has_text="marketplace")).to_contain_text("It is in the library.", timeout=SLOW)
    expect(rows.filter(has_text="letter")).to_contain_text("not a supported video file", timeout=SLOW)
    expect(rows.filter(has_text="empty")).to_contain_text("This file is empty")
    looks_right(desk, screen, "several")
    assert Video.objects.count() == 1


def test_an_upload_is_paused_continued_and_cancelled_by_keyboard(desk, live_server, talk, small_pieces):
    desk.goto(live_server.url + PAGE)
    narrow_line(desk, talk.stat().st_size // 20)
    desk.set_input_files("input[type=file]", talk)
    words = desk.locator("[data-upload-words]")
    expect(words).to_contain_text(re.compile(r"[1-9]\d? %"), timeout=SLOW)

    desk.get_by_role("button", name="Pause").press("Enter")
    expect(words).to_contain_text("What has arrived is kept")
    expect(desk.get_by_role("button", name="Continue")).to_be_focused()
    desk.keyboard.press("Enter")
    expect(words).to_contain_text(re.compile(r"\d %"))
    desk.get_by_role("button", name="Cancel").press("Enter")

    expect(desk.locator("[data-upload]")).to_have_count(0)
    assert not Upload.objects.exists()


def test_a_line_that_is_cut_goes_on_by_itself(desk, live_server, talk, small_pieces):
    desk.goto(live_server.url + PAGE)
    cut = narrow_line(desk, talk.stat().st_size // 5)
    desk.set_input_files("input[type=file]", talk)
    words = desk.locator("[data-upload-words]")
    expect(words).to_contain_text(re.compile(r"[1-9]\d %"), timeout=SLOW)

    cut(True)
    expect(words).to_contain_text("goes on by itself", timeout=SLOW)
    cut(False)

    expect(desk.locator("[data-upload]")).to_contain_text("It is in the library.", timeout=SLOW)
    assert Video.objects.count() == 1


def test_a_file_is_replaced_from_the_page_of_its_video(desk, live_server, talk, screen):
    video = VideoFactory(title="The first take")
    desk.goto(f"{live_server.url}/admin/media/edit/{video.pk}/")
    desk.goto(live_server.url + desk.get_by_role("link", name="Upload in pieces").get_attribute("href"))
    screen(desk, "replace")

    desk.set_input_files("input[type=file]", talk)

    expect(desk.locator("[data-upload]")).to_contain_text("It is in the library.", timeout=SLOW)
    video.refresh_from_db()
    assert (video.title, video.original_name) == ("The first take", "The marketplace.mp4")


def test_without_scripts_the_page_leads_to_the_ordinary_form(desk, chromium, live_server):
    state = desk.context.storage_state()
    context = chromium.new_context(java_script_enabled=False, storage_state=state)
    page = context.new_page()

    page.goto(live_server.url + PAGE)
    page.get_by_role("link", name="Use the ordinary form").click()

    expect(page.get_by_label("Title")).to_be_visible()
    context.close()
