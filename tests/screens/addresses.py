"""Which pages are photographed: one of every type, found in the sample community, and what each is called."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page as Tab


@dataclass(frozen=True)
class Shot:
    """`important` ones are taken from right to left, too; `person` says that somebody must be signed in."""

    name: str
    address: str
    important: bool = False
    person: bool = False


KNOWN = (
    Shot("home", "/", important=True),
    Shot("area", "/areas/marketplace/", important=True),
    Shot("library", "/library/", important=True),
    Shot("library-filtered", "/library/?area=training&kind=interview"),
    Shot("article", "/library/first-ten-minutes-in-a-room/", important=True),
    Shot("article-table", "/library/permanent-fixed-term-or-contract/"),
    Shot("resource", "/library/openlearn-free-courses/"),
    Shot("paths", "/paths/"),
    Shot("path", "/paths/first-year-in-the-office/", important=True),
    Shot("masterclasses", "/masterclasses/"),
    Shot("masterclass", "/masterclasses/your-project-office-career/", important=True),
    Shot("masterclass-coming", "/masterclasses/evening-learning-on-a-small-budget/"),
    Shot("part", "/masterclasses/your-project-office-career/the-marketplace/", important=True),
    Shot("search", "/search/"),
    Shot("search-hits", "/search/?q=office"),
    Shot("search-nothing", "/search/?q=xylophone+quartet"),
    Shot("learning-kept", "/learning/kept/"),
    Shot("subscribe", "/digest/subscribe/"),
    Shot("letters", "/letters/"),
    Shot("sign-in", "/accounts/login/"),
    Shot("sign-up", "/accounts/signup/"),
    Shot("missing", "/nothing/here/"),
    Shot("style", "/dev/style/", important=True),
    Shot("my-learning", "/learning/", important=True, person=True),
    Shot("my-plan", "/learning/plan/", person=True),
    Shot("my-bookmarks", "/learning/bookmarks/", person=True),
    Shot("my-notes", "/learning/notes/", person=True),
    Shot("my-history", "/learning/history/", person=True),
    Shot("my-certificates", "/learning/certificates/", important=True, person=True),
    Shot("my-hours", "/learning/hours/", person=True),
    Shot("path-followed", "/paths/first-year-in-the-office/", person=True),
    Shot("path-finished", "/paths/keep-learning-cheaply/", person=True),
    Shot("profile", "/accounts/profile/", person=True),
    Shot("privacy", "/accounts/privacy/", person=True),
)


def shots(tab: Tab, base: str) -> list[Shot]:
    """Return what is to be photographed; addresses that depend on what was written are read from the listings."""
    person = _first(tab, f"{base}/library/first-ten-minutes-in-a-room/", '.byline a[href*="/people/"]')
    return [*KNOWN, Shot("person", person.removeprefix(base), important=True)]


def _first(tab: Tab, address: str, link: str) -> str:
    tab.goto(address)
    return str(tab.locator(link).first.evaluate("link => link.href"))
