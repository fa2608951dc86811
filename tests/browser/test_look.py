"""The look: accessible in both themes and on every width, usable without scripts, steady when something is missing."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.factories.careers import ArticlePageFactory
from tests.factories.home import HomePageFactory

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WIDTHS = {"phone": 390, "desk": 1280}
OVERHANG = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
THEME = "document.documentElement.dataset.theme || ''"


def violations(page):
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_component_is_accessible_and_fits(page, live_server, screen, theme, width):
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}/dev/style/")
    screen(page, f"style-{theme}-{width}")
    assert violations(page) == []
    assert page.evaluate(OVERHANG) <= 0


def test_the_page_breaks_no_rule_of_its_own_content_security_policy(page, live_server):
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{live_server.url}/dev/style/")
    page.wait_for_load_state("networkidle")
    assert said == []


def test_a_desk_enlarged_four_times_is_320_pixels_wide_and_still_fits(page, live_server):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{live_server.url}/dev/style/")
    assert page.evaluate(OVERHANG) <= 0


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_from_right_to_left_everything_fits_and_arrows_turn_round(page, live_server, screen, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}/dev/style/")
    page.evaluate("document.documentElement.dir = 'rtl'")
    screen(page, f"style-rtl-{width}")
    assert page.evaluate(OVERHANG) <= 0
    assert page.locator(".hero .button .icon").first.evaluate("icon => getComputedStyle(icon).scale") == "-1 1"


def test_the_contents_list_follows_the_reader(page, live_server):
    page.set_viewport_size({"width": 1280, "height": 700})
    page.goto(f"{live_server.url}/dev/style/")
    link = page.locator(".toc a", has_text="Things to see")
    assert link.is_visible()
    page.locator("#things-to-see").evaluate("heading => heading.scrollIntoView({ behavior: 'instant' })")
    expect(link).to_have_attribute("aria-current", "location")


def test_on_a_phone_the_contents_list_is_folded_until_it_is_asked_for(page, live_server):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{live_server.url}/dev/style/")
    link = page.locator(".toc a", has_text="Things to see")
    assert not link.is_visible()
    page.locator(".toc summary").click()
    assert link.is_visible()


@pytest.mark.parametrize("title", ["Wirtschaftlichkeitsberechnung" * 8, "A sentence of some length about work " * 6])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_longest_title_fits_at_the_head_of_its_page_and_on_its_card(page, live_server, width, title):
    article = ArticlePageFactory(title=title)
    page.set_viewport_size({"width": width, "height": 900})
    for address in (article.url, "/search/"):
        page.goto(f"{live_server.url}{address}")
        expect(page.locator("main").get_by_role("heading", name=title.strip())).to_be_visible()
        assert page.evaluate(OVERHANG) <= 0


def test_the_first_stop_of_the_keyboard_leads_to_the_content(page, live_server):
    page.goto(f"{live_server.url}/dev/style/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_chosen_theme_is_remembered_until_it_is_the_systems_own(page, live_server):
    page.emulate_media(color_scheme="light")
    page.goto(f"{live_server.url}/dev/style/")
    toggle = page.get_by_role("button", name="Dark colours")
    toggle.click()
    page.reload()
    assert page.evaluate(THEME) == "dark"
    assert toggle.get_attribute("aria-pressed") == "true"
    toggle.click()
    page.reload()
    assert page.evaluate(THEME) == ""


def test_without_scripts_the_menu_opens_and_the_links_inside_fragments_stay(chromium, live_server):
    ArticlePageFactory()
    with chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        page.goto(live_server.url)
        link = page.get_by_role("navigation", name="Main").get_by_role("link", name="Sign in")
        assert not link.is_visible()
        page.get_by_role("button", name="Menu").click()
        assert link.is_visible()


def test_a_fragment_that_fails_leaves_the_links_it_found(page, live_server):
    HomePageFactory()
    page.route(re.compile("/fragments/"), lambda route: route.fulfill(status=500, body="broken"))
    page.goto(live_server.url)
    page.wait_for_load_state("networkidle")
    assert page.get_by_role("banner").get_by_role("link", name="My learning").first.is_visible()


def test_an_open_filter_closes_with_escape_and_gives_the_focus_back(page, live_server):
    page.goto(f"{live_server.url}/dev/style/")
    kind = page.locator("details.facet", has_text="Kind")
    kind.locator("summary").click()
    kind.get_by_role("link", name="Interview").focus()
    page.keyboard.press("Escape")
    assert kind.get_attribute("open") is None
    assert page.evaluate("document.activeElement.textContent") == "Kind"
