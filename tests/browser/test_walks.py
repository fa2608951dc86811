"""Whole pages by the Tab key, and at 200 %: everything is reached in the order one reads, is to be seen, and fits."""

from __future__ import annotations

import pytest

from tests.browser.looking import RULES
from tests.browser.playing import open_part
from tests.browser.walking import Stop, focused, walk
from tests.factories.careers import ArticlePageFactory, LearningPathPageFactory
from tests.factories.home import AreaFactory, HomePageFactory

#: A window of 1280 pixels in which everything is shown at twice its size.
ENLARGED = {"width": 640, "height": 450}
OVERHANG = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
OPERABLE = """() => [
    ...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
  .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.disabled && each.tabIndex >= 0
    && !(each.type === "radio" && !each.checked)).length"""


@pytest.fixture
def addresses(live_server, part):
    HomePageFactory()
    area = AreaFactory(title="The marketplace", slug="marketplace")
    articles = ArticlePageFactory.create_batch(3, areas=[area], tags=["salary"])
    ArticlePageFactory.create_batch(2, tags=["interviews"])
    path = LearningPathPageFactory(areas=[area], stages=[articles])
    library = articles[0].get_parent().url
    return {
        "home": "/",
        "library": library,
        "library filtered": f"{library}?area=marketplace&tag=salary",
        "article": articles[0].url,
        "path": path.url,
        "part": part.url,
        "subscribe": "/digest/subscribe/",
        "search": "/search/?q=article",
    }


def faults(stops: list[Stop]) -> list[Stop]:
    return [stop for stop in stops if not (stop.shows_focus and stop.in_order and stop.in_sight)]


def open_whole(page, address: str) -> None:
    page.goto(address)
    page.evaluate(RULES)
    page.evaluate("portalRules.filled()")


@pytest.mark.searches
@pytest.mark.parametrize(
    "name", ["home", "library", "library filtered", "article", "path", "part", "subscribe", "search"]
)
def test_tab_reaches_everything_in_order_and_shows_where_it_is(page, live_server, addresses, name):
    open_whole(page, live_server.url + addresses[name])

    stops = walk(page)

    assert stops[0].name.endswith("Skip to content")
    assert faults(stops) == []
    assert len(stops) >= page.evaluate(OPERABLE)


@pytest.mark.parametrize("name", ["home", "library", "part", "subscribe"])
def test_the_skip_link_leads_past_the_header_into_the_content(page, live_server, addresses, name):
    open_whole(page, live_server.url + addresses[name])
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to content"

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("Boolean(document.activeElement.closest('main'))")


def test_a_filter_is_opened_and_chosen_by_keys(page, live_server, addresses):
    open_whole(page, live_server.url + addresses["library"])
    page.locator("details.facet summary", has_text="Tag").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    while not focused(page).startswith("salary"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.wait_for_url("**?tag=salary*")


def test_the_subscribe_form_is_filled_in_and_sent_by_keys(page, live_server, addresses):
    open_whole(page, live_server.url + addresses["subscribe"])
    page.get_by_label("E-mail address").first.focus()
    page.keyboard.type("amara@example.org")
    while focused(page) != "Send me the digest":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.wait_for_url("**/digest/check-your-mail/")


@pytest.mark.searches
def test_enlarged_to_200_percent_nothing_is_lost_nor_to_be_scrolled_sideways(page, live_server, addresses):
    page.set_viewport_size(ENLARGED)
    wrong = []
    for name, address in addresses.items():
        open_whole(page, live_server.url + address)
        wrong += [f"{name}: {words}" for words in page.evaluate("portalRules.layout()")]
        if page.evaluate(OVERHANG) > 0:
            wrong.append(f"{name} scrolls sideways")
    assert wrong == []


def test_enlarged_to_200_percent_the_film_and_its_bar_are_seen_together(page, live_server, part):
    page.set_viewport_size(ENLARGED)
    open_part(page, live_server.url, part)
    page.locator("[data-player]").scroll_into_view_if_needed()
    stage, bar = page.locator("[data-stage]").bounding_box(), page.locator("[data-bar]").bounding_box()
    assert stage["height"] + bar["height"] <= ENLARGED["height"]
