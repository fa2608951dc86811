"""Walking through a page by the Tab key alone."""

from __future__ import annotations

from typing import NamedTuple

from playwright.sync_api import Page

from tests.browser.looking import RULES

MOST_STOPS = 200


class Stop(NamedTuple):
    name: str
    shows_focus: bool
    in_order: bool
    in_sight: bool


def walk(page: Page) -> list[Stop]:
    """Press Tab from the page's beginning until its end, and return the stops; a trap fails the test."""
    page.evaluate(RULES)
    stops: list[Stop] = []
    for _press in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate("portalRules.stop()")
        if stop is None:
            return stops
        stops.append(Stop(*stop))
    raise AssertionError(f"no end after {MOST_STOPS} stops; the last: {[stop.name for stop in stops[-6:]]}")


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what has the focus is called so."""
    passed = []
    for _press in range(MOST_STOPS):
        page.keyboard.press("Tab")
        passed.append(focused(page))
        if passed[-1] == name:
            return
    raise AssertionError(f"{name} is not reached; passed: {passed[:40]}")


NAME = """() => {
  const element = document.activeElement;
  const labels = [...(element.labels ?? [])].map((label) => label.textContent).join(" ");
  return (element.getAttribute("aria-label") || labels || element.textContent).trim().replace(/\\s+/g, " ");
}"""


def focused(page: Page) -> str:
    """The name of what has the focus, as assistive technology is told it, without its role."""
    return str(page.evaluate(NAME))
