"""The ledger of hours: written when a page is completed, read by year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from careers.models import Completion, LearningHours
from home.models import ContentKind, ContentPage

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class YearOfLearning:
    """`by_area` counts a page of two areas in both, so that its sum may exceed `minutes`."""

    year: int
    entries: list[LearningHours]

    @property
    def minutes(self) -> int:
        return sum(entry.minutes for entry in self.entries)

    @property
    def by_area(self) -> list[tuple[str, int]]:
        counted: Counter[str] = Counter()
        for entry in self.entries:
            for area in entry.areas:
                counted[area] += entry.minutes
        return counted.most_common()


def record(*, person: User, page: ContentPage) -> None:
    """Enter a completion at what the page is worth today. A masterclass counts by its parts."""
    if page.kind == ContentKind.MASTERCLASS:
        return
    completion = Completion.objects.of(person).get(page=page.pk)
    entry = LearningHours(
        person=person,
        page_id=page.pk,
        title=page.title,
        kind=page.kind,
        areas=list(page.areas.order_by("title").values_list("title", flat=True)),
        minutes=page.minutes,
        how=completion.how,
        completed_at=completion.completed_at,
    )
    LearningHours.objects.bulk_create([entry], ignore_conflicts=True)


def take_back(*, person: User, page: ContentPage) -> None:
    LearningHours.objects.filter(person=person, page=page.pk).delete()


def years_of(person: User) -> list[YearOfLearning]:
    """Return every year in which the person completed something, the latest first, by the days of their time zone."""
    years: dict[int, list[LearningHours]] = {}
    for entry in _by_day(person):
        years.setdefault(entry.completed_at.year, []).append(entry)
    return [YearOfLearning(year, entries) for year, entries in years.items()]


def _by_day(person: User) -> Iterator[LearningHours]:
    for entry in LearningHours.objects.filter(person=person):
        entry.completed_at = _local(entry.completed_at, person)
        yield entry


def _local(moment: datetime, person: User) -> datetime:
    return moment.astimezone(person.zone)
