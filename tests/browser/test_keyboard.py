"""The portal by the keyboard alone: the menu, the player, forms that came back; and with forced colours."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.looking import RULES
from tests.browser.playing import bar, open_part
from tests.browser.test_masterclasses import until, video
from tests.browser.walking import focused, tab_to, walk
from tests.factories.careers import LibraryPageFactory
from tests.factories.home import HomePageFactory


def open_page(page, address: str) -> None:
    page.goto(address)
    page.evaluate(RULES)
    page.evaluate("portalRules.filled()")


def test_the_phones_menu_opens_leads_on_and_gives_the_focus_back(page, live_server):
    library = LibraryPageFactory()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(live_server.url)
    tab_to(page, "Menu")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page) == library.title
    page.keyboard.press("Escape")
    expect(page.locator("#menu")).to_be_hidden()
    assert focused(page) == "Menu"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(live_server.url + library.url)


def test_the_player_plays_seeks_and_changes_captions_and_speed(page, live_server, part):
    said = open_part(page, live_server.url, part)
    video(page, "(v.muted = true)")
    page.locator("video").focus()
    tab_to(page, "Place in the video")
    page.keyboard.press("Home")
    for _press in range(2):
        page.keyboard.press("ArrowRight")
    until(page, "v.currentTime >= 9 && v.currentTime <= 11")
    tab_to(page, "Play")
    page.keyboard.press("Enter")
    until(page, "!v.paused")
    assert focused(page) == "Pause"
    page.keyboard.press("Enter")
    until(page, "v.paused")
    tab_to(page, "Captions")
    page.keyboard.press("Enter")
    expect(bar(page, "Captions")).to_have_attribute("aria-pressed", "false")
    tab_to(page, "Settings")
    page.keyboard.press("Enter")
    tab_to(page, "Speed")
    page.keyboard.press("ArrowDown")
    until(page, "v.playbackRate === 1.25")
    page.keyboard.press("Escape")
    expect(page.locator("[data-settings]")).to_be_hidden()
    assert focused(page) == "Settings"
    page.get_by_role("link", name="What it means").focus()
    page.keyboard.press("Enter")
    until(page, "v.currentTime >= 16")
    assert said == []


@pytest.mark.parametrize(
    ("address", "button", "label"),
    [
        ("/digest/subscribe/", "Send me the digest", "E-mail address"),
        ("/accounts/signup/", "Make an account", "Your name"),
        ("/accounts/password/reset/", "", "Email"),
    ],
)
def test_a_form_with_errors_leads_to_the_first_of_them_and_reads_it_out(page, live_server, address, button, label):
    HomePageFactory()
    page.goto(live_server.url + address)
    # Browsers that check forms themselves do the same before anything is sent.
    page.evaluate("document.querySelector('main form').noValidate = true")
    page.locator("main form [type=submit]").first.focus()
    page.keyboard.press("Enter")
    page.locator("[aria-invalid=true]").first.wait_for()
    field = page.get_by_label(label, exact=True)
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("required|empty|address", re.IGNORECASE))


def test_a_refused_sign_in_leads_to_what_is_wrong(page, live_server):
    HomePageFactory()
    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_label("Email").fill("nobody@example.org")
    page.get_by_label("Password", exact=True).fill("not the password")
    page.keyboard.press("Enter")
    alert = page.get_by_role("alert")
    expect(alert).to_be_focused()
    expect(alert).to_contain_text("password")


def test_with_forced_colours_every_control_has_an_edge_and_the_focus_a_ring(page, live_server):
    page.emulate_media(forced_colors="active")
    open_page(page, f"{live_server.url}/dev/style/")
    for kind in (".button", ".chip", ".card", ".callout"):
        edges = page.locator(f"{kind} >> visible=true").first.evaluate("e => getComputedStyle(e).borderTopStyle")
        assert edges != "none", kind
    assert [stop.name for stop in walk(page)[:40] if not stop.shows_focus] == []
