"""What is wrong with a mail before it goes, and what to do about each thing. Pure: no database, no network."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from bs4 import BeautifulSoup

from digests.linter import body, contrast, headers
from digests.linter.findings import Finding, Level
from digests.rendering import Rendered

__all__ = ["Finding", "Level", "lint"]


def lint(mail: Rendered, *, head: Mapping[str, str], own: str, dead: Collection[str] = ()) -> list[Finding]:
    """Return what was found, the worst first; empty when all is well.

    `head` are the message's headers, `own` is the address below which pages are our own, and `dead` are those of them
    that lead nowhere (`own_links.dead_among`). Other sites are not asked.
    """
    soup = BeautifulSoup(mail.html, "html.parser")
    found = [
        *body.size(mail),
        *body.pictures(soup),
        *body.parity(mail, soup),
        *body.links(soup, own=own, dead=dead),
        *body.structure(soup),
        *contrast.check(soup),
        *headers.check(mail, head),
    ]
    return sorted(found, key=lambda finding: finding.level != Level.ERROR)
