"""What a certificate rests on, gathered on the day that it is issued and never changed afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from careers.models import Completion, Enrolment, LearningHours, PathStep
from home.models import ContentKind, ContentPage

if TYPE_CHECKING:
    from accounts.models import User

#: What one gets a certificate for.
CERTIFIED_KINDS = (ContentKind.PATH, ContentKind.MASTERCLASS)


@dataclass(frozen=True)
class Proof:
    """`steps` are those that were done, in the order of the page, ready for JSON; `minutes` is their sum."""

    completed_at: datetime
    steps: list[dict[str, Any]]

    @property
    def minutes(self) -> int:
        return sum(step["minutes"] for step in self.steps)


def gather(person: User, page: ContentPage) -> Proof | None:
    """Return the proof that a person has completed a path or a masterclass, None if they have not."""
    completed_at = completed_when(person, page)
    if completed_at is None:
        return None
    steps = _steps_of_path(page) if page.kind == ContentKind.PATH else _parts_of(page)
    return Proof(completed_at, _done(person, steps))


def completed_when(person: User, page: ContentPage) -> datetime | None:
    if page.kind == ContentKind.PATH:
        enrolment = Enrolment.objects.of(person).filter(path=page.pk).first()
        return enrolment.finished_at if enrolment else None
    if page.kind == ContentKind.MASTERCLASS:
        completion = Completion.objects.of(person).filter(page=page.pk).first()
        return completion.completed_at if completion else None
    return None


def _steps_of_path(page: ContentPage) -> list[tuple[int, bool]]:
    steps = PathStep.objects.filter(stage__path=page.pk).order_by("stage__sort_order", "stage_id", "sort_order", "pk")
    return list(steps.values_list("page_id", "required"))


def _parts_of(page: ContentPage) -> list[tuple[int, bool]]:
    parts = ContentPage.objects.child_of(page).filter(kind=ContentKind.PART).order_by("path")
    return [(pk, True) for pk in parts.values_list("pk", flat=True)]


def _done(person: User, steps: Iterable[tuple[int, bool]]) -> list[dict[str, Any]]:
    required: dict[int, bool] = {}
    for pk, is_required in steps:
        required[pk] = required.get(pk, False) or is_required
    completions = Completion.objects.of(person).filter(page__in=required).select_related("page")
    done = {completion.page_id: completion for completion in completions}
    minutes = dict(LearningHours.objects.filter(person=person, page__in=done).values_list("page_id", "minutes"))
    return [_frozen(done[pk], minutes, is_required) for pk, is_required in required.items() if pk in done]


def _frozen(completion: Completion, minutes: Mapping[int, int], required: bool) -> dict[str, Any]:
    page = completion.page
    return {
        "title": page.title,
        "kind": page.kind,
        "minutes": minutes.get(page.pk, page.minutes),
        "completed_at": completion.completed_at.isoformat(),
        "how": completion.how,
        "required": required,
    }
