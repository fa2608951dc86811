"""A real Chromium against a live server on this machine."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from masterclasses.transcoding.work import work_until_done
from tests.chromium import ARGUMENTS, find_chromium
from tests.factories.playable import make_outputs, publish_outputs

SCREENS = Path(os.environ["BROWSER_SCREENS"]) if os.environ.get("BROWSER_SCREENS") else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium(request: pytest.FixtureRequest, django_db_setup: None) -> Iterator[Browser]:
    path = find_chromium()
    if not path:
        reason = "no Chromium found: install it, or set CHROMIUM to its path"
        if request.config.getoption("--require-browser"):
            pytest.fail(reason)
        pytest.skip(reason)
    # Playwright's loop lives in this thread, and Django then refuses the database unless told otherwise.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB", reduced_motion="reduce")
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def live_server(live_server, settings):
    """pytest-django's live server, and links that lead to it."""
    settings.BASE_URL = settings.WAGTAILADMIN_BASE_URL = live_server.url
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    return live_server


@pytest.fixture
def screen(request: pytest.FixtureRequest):
    """Store a picture of a page when BROWSER_SCREENS names a folder: `screen(page, "library")`."""

    def store(page: Page, name: str) -> None:
        if SCREENS:
            SCREENS.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=SCREENS / f"{request.node.name}-{name}.png", full_page=True)

    return store


@pytest.fixture(scope="session")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_outputs(tmp_path_factory.mktemp("outputs") / "encode")


@pytest.fixture
def part(live_server, outputs):
    """A part with a video, chapters, captions and neighbours."""
    from tests.browser.playing import part_of_three

    return part_of_three(publish_outputs(outputs))


@pytest.fixture
def encoder() -> Iterator[object]:
    """Start what a worker does, beside the browser."""
    threads: list[threading.Thread] = []

    def work() -> None:
        try:
            work_until_done()
        finally:
            connections.close_all()

    def start() -> threading.Thread:
        threads.append(threading.Thread(target=work))
        threads[-1].start()
        return threads[-1]

    yield start
    for thread in threads:
        thread.join()
