"""How many follow a path, go on with it and finish it, and where they stop: a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    Count,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Window,
    prefetch_related_objects,
)
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careers.models import Completion, Enrolment, LearningPathPage, PathStep
from careers.reports.bands import Band, band, smallest_group
from careers.selectors import steps_of

#: Who has begun a path, or done a step of it, within this time is active.
LATELY = timedelta(days=30)


@dataclass(frozen=True)
class Standing:
    """How a path's people fare. Below k people, nothing but that is told."""

    enrolled: Band
    active: Band | None
    finished: Band | None
    median: timedelta | None

    @property
    def median_words(self) -> str:
        return in_days(self.median) if self.median is not None else ""


@dataclass(frozen=True)
class StepReach:
    """A step, and how many of those who follow the path have done it; `number` counts through all stages.

    Of a page that was deleted, nobody knows any more who had done it: `page` and `done` are None.
    """

    number: int
    title: str
    page: Any
    stage: str
    required: bool
    done: Band | None


def standings(paths: Iterable[int], *, now: datetime | None = None) -> dict[int, Standing]:
    """Return how each of these paths fares, in two queries."""
    ids, since = list(paths), (now or timezone.now()) - LATELY
    rows = Enrolment.objects.filter(path__in=ids).annotate(active=active_since(since)).values("path")
    counted = rows.annotate(
        enrolled=Count("pk"),
        now_active=Count("pk", filter=Q(active=True)),
        done=Count("pk", filter=Q(finished_at__isnull=False)),
    )
    found = {row["path"]: row for row in counted.order_by()}
    medians = median_times(ids)
    return {pk: _standing(found.get(pk), medians.get(pk)) for pk in ids}


def _standing(row: Any, median: timedelta | None) -> Standing:
    if row is None or row["enrolled"] < smallest_group():
        return Standing(band(0), None, None, None)
    told = median if row["done"] >= smallest_group() else None
    return Standing(band(row["enrolled"]), band(row["now_active"]), band(row["done"]), told)


def active_since(since: datetime) -> Q:
    """Whether the person has begun the path, or done one of its steps, since then."""
    steps = PathStep.objects.order_by().filter(stage__path=OuterRef(OuterRef("path")))
    done = Completion.objects.filter(person=OuterRef("person"), completed_at__gte=since, page__in=steps.values("page"))
    return Q(started_at__gte=since) | Q(Exists(done))


def median_times(paths: Iterable[int]) -> dict[int, timedelta]:
    """From start to finish, by path: the lower of two middle ones, in whole days so that it is nobody's own."""
    took = ExpressionWrapper(F("finished_at") - F("started_at"), output_field=DurationField())
    ranked = Enrolment.objects.filter(path__in=list(paths), finished_at__isnull=False).annotate(
        took=took,
        rank=Window(RowNumber(), partition_by=[F("path")], order_by="took"),
        of=Window(Count("pk"), partition_by=[F("path")]),
    )
    middle = ranked.filter(rank=(F("of") + 1) / 2).values_list("path", "took")
    return {path: timedelta(days=max(took, timedelta()).days) for path, took in middle}


def step_reaches(path: LearningPathPage) -> list[StepReach]:
    """The steps of a path, in order, with how many of its people have done each; in three queries."""
    steps = steps_of([path.pk])
    prefetch_related_objects(steps, "page")
    followers = Enrolment.objects.filter(path=path.pk).values("person")
    done = Completion.objects.filter(page__in=[step.page_id for step in steps if step.page_id], person__in=followers)
    counted: QuerySet[Any] = done.order_by().values("page").annotate(people=Count("person"))
    people = {row["page"]: row["people"] for row in counted}
    return [
        StepReach(
            number,
            str(step),
            step.page,
            step.stage.title,
            step.required,
            band(people.get(step.page_id, 0)) if step.page else None,
        )
        for number, step in enumerate(steps, 1)
    ]


def in_days(time: timedelta) -> str:
    if not time.days:
        return _("less than a day")
    return ngettext("%(days)d day", "%(days)d days", time.days) % {"days": time.days}
