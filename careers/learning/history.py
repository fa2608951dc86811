"""What a person did, day by day, the latest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, F, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.models import Bookmark, Completion, Enrolment, Note
from home.models import ContentPage

if TYPE_CHECKING:
    from accounts.models import User

WORDS = {
    "done": _("Done"),
    "begun": _("Began to follow"),
    "finished": _("Finished the path"),
    "noted": _("Wrote a note"),
    "kept": _("Bookmarked"),
}
ICONS = {"done": "check", "begun": "path", "finished": "flag", "noted": "note", "kept": "bookmark"}


@dataclass(frozen=True)
class Deed:
    what: str
    page: ContentPage
    at: datetime

    @property
    def words(self) -> str:
        return str(WORDS[self.what])

    @property
    def icon(self) -> str:
        return ICONS[self.what]


@dataclass(frozen=True)
class Day:
    day: date
    deeds: list[Deed]


def history_of(person: User) -> QuerySet:
    """Return (what, page id, moment) of all that the person did, as one query that can be paged."""
    completions, enrolments = Completion.objects.of(person), Enrolment.objects.of(person)
    done = _rows(completions, "done", "completed_at")
    others = (
        _rows(enrolments, "begun", "started_at", page="path_id"),
        _rows(enrolments.exclude(finished_at=None), "finished", "finished_at", page="path_id"),
        _rows(Note.objects.of(person).kept().exclude(page=None), "noted", "created_at"),
        _rows(Bookmark.objects.of(person), "kept", "created_at"),
    )
    return done.union(*others, all=True).order_by("-at", "what", "page_number")


def _rows(rows: QuerySet, what: str, moment: str, page: str = "page_id") -> QuerySet:
    named = rows.order_by().annotate(what=Value(what, output_field=CharField()), page_number=F(page), at=F(moment))
    return named.values_list("what", "page_number", "at")


def by_day(rows: Iterable[tuple[Any, ...]]) -> list[Day]:
    """Gather rows of `history_of` into days of the present time zone; what nobody may see any more is left out."""
    rows = list(rows)
    pages = ContentPage.objects.visible().in_bulk({page for _what, page, _at in rows})
    deeds = [Deed(what, pages[page], at) for what, page, at in rows if page in pages]
    return [Day(day, list(own)) for day, own in groupby(deeds, key=lambda deed: timezone.localdate(deed.at))]
