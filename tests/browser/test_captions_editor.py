"""An editor pastes chapters and chooses a file of captions, in the admin as it is."""

from __future__ import annotations

import re

from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from home.models import Area
from masterclasses.models import Cue, PartCaptions, PartPage
from tests.factories.accounts import AdminFactory
from tests.factories.masterclasses import PartPageFactory, VideoFactory

SRT = "1\n00:00:01,000 --> 00:00:03,000\nGood evening\n\n2\n00:00:09,000 --> 00:00:04,000\nand welcome\n"


def test_chapters_are_pasted_and_captions_mended_until_they_are_right(
    context: BrowserContext, page: Page, live_server, tmp_path, screen
):
    client = Client()
    client.force_login(AdminFactory.create())
    name = django_settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    part = PartPageFactory(title="The marketplace", video=VideoFactory(duration=60))
    part.areas.set([Area.objects.get(slug="marketplace")])
    part.save()
    page.goto(f"{live_server.url}/admin/pages/{part.pk}/edit/")

    page.get_by_label("Chapters, one a line").fill("0:00 Welcome\n[0:30] – Reading an offer\nno time here")
    page.get_by_role("button", name="Add these chapters").click()
    expect(page.get_by_text("Added: 2. Without a time at the beginning, so left here: 1.")).to_be_visible()
    page.get_by_role("button", name="Add captions").click()
    page.locator("#id_captions-0-language").fill("en")
    (tmp_path / "talk.srt").write_text(SRT)
    page.set_input_files("#id_captions-0-file", tmp_path / "talk.srt")
    publish(page)
    expect(page.get_by_text("Line 6: this caption ends at 00:00:04.000")).to_be_visible()
    text = page.locator("#id_captions-0-webvtt")
    expect(text).to_have_value(re.compile("00:00:09,000 --> 00:00:04,000"))
    screen(page, "refused")

    text.fill(SRT.replace("09,000 -->", "03,500 -->"))
    publish(page)
    expect(page.get_by_text("has been published.")).to_be_visible()
    page.goto(f"{live_server.url}/admin/pages/{part.pk}/edit/")
    expect(page.get_by_text("Nothing to complain about.")).to_be_visible()
    screen(page, "published")

    assert list(PartPage.objects.get().chapters.values_list("start", "title")) == [
        (0, "Welcome"),
        (30, "Reading an offer"),
    ]
    assert PartCaptions.objects.get().webvtt.startswith("WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nGood evening\n")
    assert [cue.text for cue in Cue.objects.order_by("start_ms")] == ["Good evening", "and welcome"]


def publish(page: Page) -> None:
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish", exact=True).click()
