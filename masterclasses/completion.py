"""A masterclass is done when all its parts are, and not done any more when one of them is taken back."""

from __future__ import annotations

from typing import Any

from careers import actions as careers
from careers.models import Completion
from careers.progress.asking import ask_of_page
from home.models import ContentKind, ContentPage
from masterclasses.models import MasterclassPage, PartPage


def part_completed(*, person: Any, page: ContentPage) -> None:
    masterclass = _masterclass_of(page)
    if masterclass and all_parts_done(person=person, masterclass=masterclass):
        careers.complete(person=person, page=masterclass, how=Completion.How.PARTS)


def part_undone(*, person: Any, page: ContentPage) -> None:
    """Take back what followed from the parts; the person's own word about the whole stays."""
    masterclass = _masterclass_of(page)
    if masterclass and Completion.objects.of(person).filter(page=masterclass.pk, how=Completion.How.PARTS).exists():
        careers.lapse(person=person, page=masterclass)


def ask_of_series(part: PartPage) -> None:
    """A part came or went: whoever has done all the others may have completed the series."""
    if masterclass := MasterclassPage.objects.parent_of(part).first():
        ask_of_page(masterclass)


def all_parts_done(*, person: Any, masterclass: MasterclassPage) -> bool:
    parts = set(PartPage.objects.live().child_of(masterclass).values_list("pk", flat=True))
    done = Completion.objects.of(person).filter(page__in=parts).values_list("page_id", flat=True)
    return bool(parts) and parts == set(done)


def _masterclass_of(page: ContentPage) -> MasterclassPage | None:
    if page.kind != ContentKind.PART:
        return None
    return MasterclassPage.objects.parent_of(page).first()
