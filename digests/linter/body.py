"""The two bodies of a mail: size, pictures, links, and whether both say the same."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from digests.linter.findings import Finding, error, warning
from digests.rendering import Rendered

#: Gmail cuts a mail there, and with it the link to unsubscribe.
CLIPPED_AT = 102 * 1024
NEARLY = CLIPPED_AT * 85 // 100
SCHEMES = {"http", "https", "mailto"}
SHOWN = 60


def size(mail: Rendered) -> Iterator[Finding]:
    length = len(mail.html.encode())
    what = _("The HTML has %(size)s.") % {"size": filesizeformat(length)}
    if length > CLIPPED_AT:
        yield error("clipped", what, _("Gmail cuts it at 102 kB: leave items out or shorten the note."))
    elif length > NEARLY:
        yield warning("nearly_clipped", what, _("Gmail cuts it at 102 kB: there is little room for more."))


def pictures(soup: BeautifulSoup) -> Iterator[Finding]:
    """Each fault once, with all pictures that have it."""
    addresses, nameless, silent = [], [], []
    for image in soup.find_all("img"):
        src, alt = str(image.get("src", "")), image.get("alt")
        if urlsplit(src).scheme not in {"http", "https"}:
            addresses.append(src[:SHOWN])
        if alt is None:
            nameless.append(_shown_with(image))
        elif not str(alt).strip():
            silent.append(_shown_with(image))
    if number := len(addresses):
        what = ngettext("%d picture is not at a web address.", "%d pictures are not at a web address.", number)
        advice = _("Mail programs do not show it: choose another cover.")
        yield error("picture_address", what % number, advice, addresses)
    if number := len(nameless):
        what = ngettext("%d picture has no alternative text.", "%d pictures have no alternative text.", number)
        yield error("no_alt", what % number, _("Describe it in the image library."), nameless)
    if number := len(silent):
        what = ngettext("%d picture has no description.", "%d pictures have no description.", number)
        advice = _(
            "Who does not see it learns nothing: describe it in the image library, unless it is only decoration."
        )
        yield warning("empty_alt", what % number, advice, silent)


def _shown_with(image: Tag) -> str:
    """The title that stands after a picture, by which an editor knows it; its address where there is none."""
    title = image.find_next("h3")
    return " ".join(title.get_text().split()) if title else str(image.get("src", ""))


def parity(mail: Rendered, soup: BeautifulSoup) -> Iterator[Finding]:
    advice = _("The text body lacks what the HTML has. Tell whoever looks after the portal's templates.")
    if not mail.text.strip():
        yield error("no_text", _("There is no text body."), advice)
        return
    text = " ".join(mail.text.split())
    for heading in soup.find_all("h3"):
        words = " ".join(heading.get_text().split())
        if words not in text:
            yield error("not_in_text", _("“%s” is missing in the text.") % words[:SHOWN], advice)
    for link in soup.select(".content a[href], .foot a[href]"):
        if str(link["href"]) not in mail.text:
            yield error(
                "link_not_in_text", _("The link %s is missing in the text.") % str(link["href"])[:SHOWN], advice
            )


def links(soup: BeautifulSoup, *, own: str, dead: Collection[str]) -> Iterator[Finding]:
    for href in dict.fromkeys(str(link["href"]) for link in soup.find_all("a", href=True)):
        if urlsplit(href).scheme not in SCHEMES:
            what = _("The link %s does not lead to the web.") % href[:SHOWN]
            yield error("link_scheme", what, _("Mail programs refuse it: take it out of the note or the page."))
        elif href in dead:
            what = _("The link %s leads to nothing that readers can open.") % href.removeprefix(own)[:SHOWN]
            yield error(
                "dead_link", what, _("The page is not published, private or gone: leave it out, or mend the note.")
            )


def structure(soup: BeautifulSoup) -> Iterator[Finding]:
    advice = _("Tell whoever looks after the portal's templates.")
    html = soup.find("html")
    if html is None or not html.get("lang"):
        yield error("no_language", _("The mail does not say in which language it is."), advice)
    levels = [int(heading.name[1]) for heading in soup.find_all(["h1", "h2", "h3", "h4"])]
    if levels[:1] != [1] or any(below > above + 1 for above, below in pairwise(levels)):
        yield warning("heading_order", _("Its headings leave out a level."), advice)
    if any(table.get("role") != "presentation" for table in soup.find_all("table")):
        yield warning("table_role", _("A table of the layout is read out as a table."), advice)
