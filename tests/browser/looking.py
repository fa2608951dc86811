"""What is looked for on a page in a real browser: accessibility by axe and by our own rules, and what overhangs."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Literal

import axe_playwright_python
from playwright.sync_api import Page

WIDTHS = (320, 768, 1440)
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
HEIGHT = 900
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {
    "runOnly": TAGS,
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
    "preload": False,
    "selectors": False,
}
#: The rules whose answer hangs on the colours; all others are the same in both themes.
COLOURS = OPTIONS | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
AXE = """options => axe.run(document, options).then(({ violations }) => violations.flatMap(({ id, nodes }) =>
  nodes.map(({ html, any }) => `${id}: ${html.slice(0, 160)} ${any[0]?.message ?? ""}`)))"""
RULES = (Path(__file__).parent / "looking.js").read_text()
#: WCAG 1.4.12: a reader's own spacing of lines, paragraphs, letters and words loses nothing.
SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }"""


def at_every_width(page: Page, *, in_shell: bool = True) -> list[str]:
    """Return what is wrong with the page that is open, in both themes and at all widths. It is loaded once.

    `in_shell`: it is a page of the portal with header and footer, as all are but the one that must need nothing else.
    """
    page.evaluate(RULES)
    page.evaluate("portalRules.filled()")
    page.evaluate(_axe())
    wrong = [f"outline: {words}" for words in page.evaluate("shell => portalRules.outline(shell)", in_shell)]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        for theme in THEMES:
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            page.evaluate("portalRules.settled()")
            found = page.evaluate(AXE, OPTIONS if theme == "light" else COLOURS)
            wrong += [f"{width} {theme}: {words}" for words in found]
        wrong += [f"{width}: {words}" for words in page.evaluate("portalRules.layout()")]
    return wrong + [f"spaced out: {words}" for words in _spaced_out(page)]


def _spaced_out(page: Page) -> list[str]:
    """At the smallest width, and again with a sheet that a reader's own style would be: none is left behind."""
    page.set_viewport_size({"width": WIDTHS[0], "height": HEIGHT})
    page.evaluate(f"portalRules.wear({json.dumps(SPACING)})")
    found: list[str] = page.evaluate("portalRules.layout()")
    page.evaluate("portalRules.wear('')")
    return found


@cache
def _axe() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()


def in_admin(page: Page) -> list[str]:
    """What axe finds on an admin page, Wagtail's own frame included, and what is cut off: wide, dark and narrow."""
    page.evaluate(RULES)
    page.evaluate(_axe())
    wrong = []
    light, dark = THEMES
    for width, theme, options in ((1280, light, OPTIONS), (1280, dark, COLOURS), (390, light, OPTIONS)):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        page.evaluate("portalRules.settled()")
        found = page.evaluate(AXE, options) + page.evaluate("portalRules.cutOff()")
        wrong += [f"{width} {theme}: {words}" for words in found]
    return wrong
