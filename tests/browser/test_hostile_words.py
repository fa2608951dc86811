"""What somebody typed does not run, nor does it even try: no dialog, and nothing for the policy to stop."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.factories.careers import ArticlePageFactory
from tests.factories.masterclasses import MasterclassPageFactory, PartPageFactory, VideoFactory, publish
from tests.payloads import PAYLOADS

pytestmark = pytest.mark.browser


def hostile_addresses() -> list[str]:
    """Pages made of payloads, and where their words are shown."""
    body = [("heading", {"text": PAYLOADS[0], "level": "h2"})]
    first = ArticlePageFactory(title=PAYLOADS[0], slug="hostile-0", summary=PAYLOADS[0], body=body)
    library = first.get_parent()
    articles = [
        ArticlePageFactory(title=words, slug=f"hostile-{number}", summary=words, parent=library.specific)
        for number, words in enumerate(PAYLOADS[1:], start=1)
    ]
    publish(video := VideoFactory.create(title=PAYLOADS[0]))
    series = MasterclassPageFactory(
        title=PAYLOADS[12], slug="hostile", event_date=date(2026, 12, 3), event_place=PAYLOADS[15]
    )
    part = PartPageFactory(
        title=PAYLOADS[13], slug="hostile", parent=series, video=video, transcript=" ".join(PAYLOADS)
    )
    part.captions.create(language="en", webvtt=f"WEBVTT\n\n00:00.000 --> 00:20.000\n{PAYLOADS[12]}\n")
    listed = [library.url, f"{library.url}?p=2", f"{library.url}?p=3", "/", series.url, part.url, "/search/?q=script"]
    return [*listed, first.url, articles[12].url, articles[36].url]


def test_no_payload_runs_in_a_browser(live_server, page: Page):
    addresses = hostile_addresses()
    ran: list[str] = []
    stopped: list[str] = []

    def note(dialog: Any) -> None:
        ran.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    page.on("console", lambda said: stopped.append(said.text))

    for address in addresses:
        answer = page.goto(f"{live_server.url}{address}")
        assert answer is not None
        assert answer.ok, address
        page.wait_for_load_state()
        assert not page.url.startswith("http://evil")

    assert ran == []
    assert [words for words in stopped if "Content Security Policy" in words] == []
