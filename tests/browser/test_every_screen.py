"""Every page that a person can meet: clean by axe and by our own rules, in both themes and at three widths."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.looking import at_every_width
from tests.browser.screens import digests, doors, errors, personal, reading
from tests.browser.screens.screen import Screens
from tests.factories.accounts import PersonFactory, add_authenticator_app, freshly_signed_in
from tests.factories.home import HomePageFactory

SEND = """() => { const form = document.querySelector("main form[method=post]"); form.noValidate = true;
form.requestSubmit(form.querySelector("[type=submit]")); }"""


def problems(page: Page, base: str, screens: Screens) -> tuple[set[str], list[str]]:
    """Return the names of what was seen, and what is wrong with it."""
    seen, wrong = set(), []
    for screen in screens:
        page.goto(base + screen.address)
        if screen.sent:
            with page.expect_navigation():
                page.evaluate(SEND)
        wrong += [
            f"{screen.name} ({screen.address}): {words}"
            for words in at_every_width(page, in_shell=screen.name != "500")
        ]
        seen.add(screen.name)
    return seen, wrong


def carry_session(page: Page, base: str, client) -> None:
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": base}])


@pytest.fixture
def person():
    return PersonFactory(name="Amara Okonjo")


@pytest.mark.searches
def test_what_anybody_can_read(page, live_server, outputs):
    assert problems(page, live_server.url, reading.screens(outputs)) == (set(reading.NAMES), [])


def test_what_somebody_sees_who_is_signed_in(page, live_server, outputs, person):
    carry_session(page, live_server.url, freshly_signed_in(person))
    seen, wrong = problems(page, live_server.url, personal.screens(person, outputs))
    assert (seen >= set(personal.NAMES), wrong) == (True, [])


def test_the_way_to_the_digest_and_out_of_it(page, live_server):
    HomePageFactory()
    assert problems(page, live_server.url, digests.screens()) == (set(digests.NAMES), [])


def test_the_doors(page, live_server, person):
    HomePageFactory()
    seen, wrong = problems(page, live_server.url, doors.for_visitors())
    add_authenticator_app(person)
    carry_session(page, live_server.url, freshly_signed_in(person))
    more, worse = problems(page, live_server.url, doors.for_people())
    assert (seen | more, wrong + worse) == (set(doors.NAMES), [])


def test_the_pages_of_errors(page, live_server, settings):
    HomePageFactory()
    settings.ROOT_URLCONF = errors.__name__
    assert problems(page, live_server.url, errors.screens()) == (set(errors.TEMPLATES), [])
