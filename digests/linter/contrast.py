"""Whether everything can be read on its ground, in the light and in the dark.

Light colours stand in each element's style, where `jobs.mail` has put them; dark ones in the rules for dark screens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from django.utils.translation import gettext as _

from digests.linter.colours import Colour, contrast, parse
from digests.linter.findings import Finding, error

LEAST, LEAST_IF_LARGE = 4.5, 3.0
#: 18 pt, or 14 pt and bold.
LARGE, LARGE_IF_BOLD = 24, 18.66
DARK = re.compile(r"@media[^{]*prefers-color-scheme:\s*dark[^{]*\{((?:[^{}]*\{[^{}]*\})*)\s*\}")
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
DECLARATION = re.compile(r"(?:^|;)\s*([\w-]+)\s*:\s*([^;]+)")
WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)
SHOWN = 40
Styles = dict[str, str]


def check(soup: BeautifulSoup) -> Iterator[Finding]:
    """One finding for each pair of colours that is too close, with the first words that have it."""
    dark = _dark_styles(soup)
    seen: set[tuple[bool, Colour, Colour]] = set()
    for element in _with_words(soup):
        for in_the_dark in (False, True):
            styles = dark if in_the_dark else {}
            ink, ground = _colour(element, "color", styles, BLACK), _colour(element, "background-color", styles, WHITE)
            found = contrast(ink, ground)
            if found < _least(element) and (in_the_dark, ink, ground) not in seen:
                seen.add((in_the_dark, ink, ground))
                yield _finding(element, found, in_the_dark=in_the_dark)


def _finding(element: Tag, found: float, *, in_the_dark: bool) -> Finding:
    words = {"words": " ".join(element.get_text().split())[:SHOWN], "found": f"{found:.1f}"}
    advice = _("Tell whoever looks after the portal's templates, or whoever chose the area's colour.")
    if in_the_dark:
        return error(
            "dark_contrast", _("“%(words)s” is hard to read on a dark screen: %(found)s to 1.") % words, advice
        )
    return error("contrast", _("“%(words)s” is hard to read: %(found)s to 1.") % words, advice)


def _with_words(soup: BeautifulSoup) -> Iterator[Tag]:
    body = soup.find("body")
    for element in body.find_all(True) if isinstance(body, Tag) else ():
        own = "".join(child for child in element.children if type(child) is NavigableString)
        hidden = any("preheader" in each.get_attribute_list("class") for each in _around(element))
        if re.search(r"\w", own) and not hidden:
            yield element


def _around(element: Tag) -> Iterator[Tag]:
    yield element
    yield from element.parents


def _dark_styles(soup: BeautifulSoup) -> dict[int, Styles]:
    """What the rules for dark screens say of each element, by its identity; of several rules the last counts."""
    found: dict[int, Styles] = {}
    css = "".join(style.get_text() for style in soup.find_all("style"))
    rules = [rule for block in DARK.findall(css) for rule in RULE.findall(block)]
    # More names and classes in a selector weigh more; sorting keeps the order of equals.
    for selector, declarations in sorted(_single(rules), key=lambda rule: _weight(rule[0])):
        for element in soup.select(selector):
            found.setdefault(id(element), {}).update(DECLARATION.findall(declarations))
    return found


def _single(rules: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for selectors, declarations in rules:
        yield from ((selector.strip(), declarations) for selector in selectors.split(","))


def _weight(selector: str) -> tuple[int, int]:
    return selector.count("."), len(selector.split())


def _colour(element: Tag, name: str, dark: dict[int, Styles], default: Colour) -> Colour:
    """The element's own colour, else that of the nearest element around it that has one."""
    for each in _around(element):
        text = dark.get(id(each), {}).get(name) or _own(each).get(name, "")
        if colour := parse(text):
            return colour
    return default


def _own(element: Tag) -> Styles:
    return dict(DECLARATION.findall(str(element.get("style", ""))))


def _least(element: Tag) -> float:
    style = _own(element)
    size = float(re.sub(r"[^\d.]", "", style.get("font-size", "")) or 16)
    bold = style.get("font-weight", "").strip() in {"bold", "600", "700"}
    return LEAST_IF_LARGE if size >= (LARGE_IF_BOLD if bold else LARGE) else LEAST
