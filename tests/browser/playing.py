"""What tests of the player share: a part with everything, its page, its bar."""

from __future__ import annotations

from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import BrowserContext, Locator, Page, expect

from accounts.models import User
from masterclasses.models import PartCaptions, PartChapter, PartPage, Video
from masterclasses.templatetags.video_tags import HLS_MODULE
from tests.browser.test_masterclasses import listen, until
from tests.factories.masterclasses import MasterclassPageFactory, PartPageFactory

CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:22.000\n{}\n"


def part_of_three(video: Video) -> PartPage:
    """The second part of a series, with chapters and captions in two languages."""
    series = MasterclassPageFactory.create(title="Getting hired")
    PartPageFactory.create(parent=series, title="The marketplace")
    part: PartPage = PartPageFactory.create(parent=series, title="Reading an offer", video=video)
    PartPageFactory.create(parent=series, title="The first ninety days", video=video)
    for start, title in ((0, "Two adverts"), (8, "What it says"), (16, "What it means")):
        PartChapter.objects.create(part=part, start=start, title=title)
    for place, (language, words) in enumerate((("en", "Two adverts for one post"), ("de", "Zwei Anzeigen"))):
        PartCaptions.objects.create(part=part, sort_order=place, language=language, webvtt=CAPTIONS.format(words))
    return part


def sign_in(context: BrowserContext, address: str, user: User) -> None:
    client = Client()
    client.force_login(user)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}])


def open_part(page: Page, address: str, part: PartPage, query: str = "") -> list[str]:
    complaints = listen(page)
    page.goto(f"{address}{part.url}{query}")
    expect(page.get_by_role("group", name="Player", exact=True)).to_be_visible()
    return complaints


def seek(page: Page, seconds: float) -> None:
    """Go to a second by the bar, and wait for its picture: the film is loaded after that, and not played."""
    page.get_by_label("Place in the video").fill(str(seconds))
    until(page, f"!v.seeking && v.readyState >= 2 && Math.abs(v.currentTime - {seconds}) < 0.5")
    if finders.find(HLS_MODULE):
        until(page, "v.dataset.playing === 'hls' || !v.querySelector('[type*=mpegurl]')")


def bar(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name="Player", exact=True).get_by_role("button", name=name, exact=True)


def settings(page: Page) -> Locator:
    if not page.locator("[data-settings]").is_visible():
        bar(page, "Settings").click()
    return page.locator("[data-settings]")
