"""What a person left lately on pages: bookmarks, notes and places in articles, all in one query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, F, IntegerField, QuerySet, TextField, Value, Window
from django.db.models.functions import Cast, RowNumber

from careers.learning.stops import LOOKED_AT
from careers.models import Bookmark, Note, ReadingPlace

if TYPE_CHECKING:
    from accounts.models import User

LATEST_BOOKMARKS, LATEST_NOTES = 4, 3
#: More than are shown, for some lead to pages that are closed.
SPARE = 16
COLUMNS = ("what", "page_number", "at", "number", "words", "title")


@dataclass(frozen=True)
class LatestNote:
    page_id: int | None
    page_title: str
    text: str
    seconds: int | None


@dataclass(frozen=True)
class Traces:
    """Each the latest first. `places` are not saved rows, only what was read of them."""

    bookmarked: list[int]
    notes: list[LatestNote]
    places: list[ReadingPlace]

    @property
    def page_ids(self) -> set[int]:
        return set(self.bookmarked) | {place.page_id for place in self.places}


def traces_of(person: User) -> Traces:
    rows = _read(person)
    return Traces(
        bookmarked=[page for what, page, *_rest in rows if what == "bookmark"],
        notes=[
            LatestNote(page, title, words, number) for what, page, _at, number, words, title in rows if what == "note"
        ],
        places=[
            ReadingPlace(person=person, page_id=page, updated_at=at, percent=number, anchor=words, heading=title)
            for what, page, at, number, words, title in rows
            if what == "place"
        ],
    )


def _read(person: User) -> list[tuple[str, int, datetime, Any, str, str]]:
    bookmarks = Bookmark.objects.of(person)
    notes = Note.objects.of(person).kept()
    places = ReadingPlace.objects.of(person)
    kinds = (
        _latest(notes, "note", LATEST_NOTES, "created_at", F("seconds"), F("text"), F("page_title")),
        _latest(places, "place", LOOKED_AT, "updated_at", F("percent"), F("anchor"), F("heading")),
    )
    kept = _latest(bookmarks, "bookmark", LATEST_BOOKMARKS + SPARE, "created_at", Value(0), Value("-"), Value(""))
    return list(kept.union(*kinds, all=True).order_by("-at", "page_number"))


def _latest(rows: QuerySet, what: str, most: int, moment: str, number: Any, words: Any, title: Any) -> QuerySet:
    """The latest `most` rows of one kind, in columns that all kinds have."""
    named = rows.order_by().annotate(
        what=Value(what, output_field=CharField()),
        page_number=F("page_id"),
        at=F(moment),
        number=Cast(number, IntegerField()),
        words=Cast(words, TextField()),
        title=Cast(title, TextField()),
        rank=Window(RowNumber(), order_by=F(moment).desc()),
    )
    return named.filter(rank__lte=most).values_list(*COLUMNS)
