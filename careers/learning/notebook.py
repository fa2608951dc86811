"""A person's notes, page by page, each with its place; for lists and for the export."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, CharField, F, Max, QuerySet, Value, When

from careers.learning.passages import ANCHOR_PREFIX, Passage, locate, passages_of
from careers.models import ArticlePage, Note
from home.models import ContentPage

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class PlacedNote:
    """A note; `address` leads to its place, or to its page where the place is `gone`; empty without a page."""

    note: Note
    address: str
    gone: bool = False


@dataclass(frozen=True)
class NotedPage:
    """`page` is None when the page is no longer there."""

    title: str
    page: ContentPage | None
    notes: list[PlacedNote]


def noted_pages(person: User) -> QuerySet[Any, Any]:
    """Return (page id, orphan's title) of each page with notes, that of the latest note first."""
    orphan = Case(When(page=None, then=F("page_title")), default=Value(""), output_field=CharField())
    rows = Note.objects.of(person).kept().annotate(orphan=orphan).order_by()
    return rows.values("page_id", "orphan").annotate(latest=Max("created_at")).order_by("-latest", "page_id")


def notes_by_page(person: User, groups: Sequence[dict[str, Any]]) -> list[NotedPage]:
    """Return the notes of some `noted_pages`, in that order; three queries."""
    notes = Note.objects.of(person).kept().order_by("seconds", "created_at", "pk")
    ids = [group["page_id"] for group in groups if group["page_id"]]
    orphans = [group["orphan"] for group in groups if not group["page_id"]]
    found = list(notes.filter(page__in=ids))
    if orphans:
        found += notes.filter(page=None, page_title__in=orphans)
    return _grouped(groups, found, ContentPage.objects.visible().in_bulk(ids))


def notes_on(person: User, page: ContentPage) -> list[PlacedNote]:
    """Return the notes on one page, in the order of the recording or the article."""
    notes = Note.objects.of(person).kept().filter(page=page.pk).order_by("seconds", "created_at", "pk")
    return placed(notes, {page.pk: page})


def placed(notes: Iterable[Note], pages: dict[int, ContentPage]) -> list[PlacedNote]:
    """Find the place of each note: one query for all articles that have notes at passages."""
    notes = list(notes)
    anchored = {note.page_id for note in notes if note.anchor and note.page_id in pages}
    articles = ArticlePage.objects.in_bulk(anchored) if anchored else {}
    passages = {pk: passages_of(article) for pk, article in articles.items()}
    return [_place(note, pages.get(note.page_id or 0), passages.get(note.page_id or 0, [])) for note in notes]


def _place(note: Note, page: ContentPage | None, passages: list[Passage]) -> PlacedNote:
    address = (page.url or "") if page else ""
    if note.seconds is not None and address:
        return PlacedNote(note, f"{address}?t={note.seconds}")
    if not note.anchor or not address:
        return PlacedNote(note, address)
    found = locate(passages, anchor=note.anchor, quote=note.quote)
    return PlacedNote(note, f"{address}#{ANCHOR_PREFIX}{found.anchor}" if found else address, gone=not found)


def _grouped(groups: Sequence[dict[str, Any]], notes: list[Note], pages: dict[int, ContentPage]) -> list[NotedPage]:
    by_page: dict[tuple[int | None, str], list[PlacedNote]] = {}
    for row in placed(notes, pages):
        key = (row.note.page_id, "" if row.note.page_id else row.note.page_title)
        by_page.setdefault(key, []).append(row)
    found = []
    for group in groups:
        rows = by_page.get((group["page_id"], group["orphan"]), [])
        page = pages.get(group["page_id"])
        if rows:
            found.append(NotedPage(page.title if page else rows[-1].note.page_title, page, rows))
    return found
