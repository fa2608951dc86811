"""All notes of a person as one Markdown document (CommonMark): a heading for each page, times and passages as links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from careers.learning.notebook import NotedPage, PlacedNote, noted_pages, notes_by_page
from home.templatetags.portal_tags import clock

if TYPE_CHECKING:
    from accounts.models import User

SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|])")
#: What would make a heading, a rule or a quotation of a line that a person wrote.
AT_START = re.compile(r"^(\s*)([#>=]|-{3,}|(?:\*\s*){3,})", re.MULTILINE)


def notes_as_markdown(person: User, *, site: str) -> str:
    """`site` is the portal's address without a slash at the end: links must lead here from anywhere."""
    pages = notes_by_page(person, list(noted_pages(person)))
    return "\n".join([f"# {_('My notes')}", *_sections(pages, site)]) + "\n"


def _sections(pages: Iterable[NotedPage], site: str) -> Iterator[str]:
    for noted in pages:
        title = escape(noted.title)
        yield f"\n## [{title}](<{_absolute(noted.page.url or '', site)}>)" if noted.page else f"\n## {title}"
        for row in noted.notes:
            yield from ("", *_note(row, site))


def _note(row: PlacedNote, site: str) -> Iterator[str]:
    place = clock(row.note.seconds) if row.note.seconds is not None else row.note.quote
    if place and row.address and not row.gone:
        yield f"### [{escape(place)}](<{_absolute(row.address, site)}>)"
    elif place:
        yield f"### {escape(place)}"
    else:
        yield "### " + _("About the page")
    if row.gone:
        yield "\n*" + _("This passage is no longer in the article.") + "*"
    yield "\n" + AT_START.sub(r"\1\\\2", row.note.text.replace("\r\n", "\n"))


def _absolute(address: str, site: str) -> str:
    return address if "://" in address else f"{site}{address}"


def escape(text: str) -> str:
    """Keep characters of a title or a quotation from meaning something in Markdown."""
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))
