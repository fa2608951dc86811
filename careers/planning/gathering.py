"""Fetches what a weekly plan is made of, in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Length, Substr
from django.utils import timezone

from careers.learning.stops import Stop, stops_of
from careers.models import Enrolment, PlanSlot, WeeklyPlan
from careers.planning.sessions import Slot
from careers.planning.week import Week
from careers.planning.weekly import week_of
from careers.planning.work import Work
from careers.selectors import FollowedPath, completed_at, followed_paths, steps_of
from home.admission import line_of, restrictions_met
from home.models import ContentKind, ContentPage

if TYPE_CHECKING:
    from accounts.models import User

Parts = Mapping[int, Sequence[ContentPage]]


def plan_of(person: User) -> tuple[WeeklyPlan | None, list[Slot]]:
    """The plan with its slots in one query; None for somebody who has made none."""
    rows = list(PlanSlot.objects.filter(plan__person=person.pk).select_related("plan").order_by("weekday"))
    return (rows[0].plan if rows else None), [Slot(row.weekday, row.starts_at, row.minutes) for row in rows]


def week_for(person: User, *, now: datetime | None = None) -> Week | None:
    """The person's plan as it stands, or None for somebody who has made none."""
    plan, slots = plan_of(person)
    if plan is None:
        return None
    completed = completed_at(person)
    enrolments = list(Enrolment.objects.of(person))
    steps = steps_of(row.path_id for row in enrolments)
    pages = with_parts({row.path_id for row in enrolments} | {step.page_id for step in steps})
    paths = followed_paths(enrolments, steps, pages, completed)
    stops = stops_of(person, done=completed)
    parts = parts_among(pages)
    return week_with(person, plan, slots, paths, parts=parts, completed=completed, stops=stops, now=now)


def week_with(
    person: User,
    plan: WeeklyPlan,
    slots: Sequence[Slot],
    paths: Iterable[FollowedPath],
    *,
    parts: Parts,
    completed: Mapping[int, datetime],
    stops: Iterable[Stop],
    now: datetime | None = None,
) -> Week:
    """The same for whoever has everything at hand; no query."""
    unfinished = [path for path in paths if not path.progress.finished]
    begun = {stop.page_id: stop for stop in stops}
    work = Work(unfinished, completed, begun, parts, speed=plan.speed / 100)
    return week_of(plan, slots, work, zone=person.zone, now=now or timezone.now())


def with_parts(ids: Collection[int | None]) -> dict[int, ContentPage]:
    """The visible pages of these ids and, of each series among them, its visible parts; one query."""
    return {page.pk: page for page in ContentPage.objects.visible().filter(_these_and_their_parts(ids))} if ids else {}


@dataclass(frozen=True)
class AtHand:
    """Pages by their ids: those that anybody may see, the person's own that are open to them, and all there are."""

    public: dict[int, ContentPage]
    own: dict[int, ContentPage]
    known: dict[int, ContentPage]


def with_parts_and_own(person: User, ids: Collection[int | None], own: Collection[int]) -> AtHand:
    """The same, and those of the `own` pages that are open to this person, be they for members alone; two queries."""
    wanted = _these_and_their_parts({*ids, *own})
    rows = list(ContentPage.objects.filter(wanted).annotate(source=F("alias_of__path"))) if ids or own else []
    sources = {page.pk: page.source or page.path for page in rows}
    met = restrictions_met(person, {page.path for page in rows} | set(sources.values()))
    lines = {page.pk: line_of(page.path) for page in rows}
    live = [page for page in rows if page.live]
    public = {page.pk: page for page in live if met.keys().isdisjoint(lines[page.pk])}
    admitted = {pk for pk, line in lines.items() if all(met.get(above, True) for above in line | line_of(sources[pk]))}
    mine = {page.pk: page for page in live if page.pk in own and page.pk in public.keys() | admitted}
    return AtHand(public, mine, {page.pk: page for page in rows})


def _these_and_their_parts(ids: Collection[int | None]) -> Q:
    ids = {pk for pk in ids if pk}
    parent = Substr(OuterRef("path"), 1, Length(OuterRef("path")) - ContentPage.steplen)
    series = ContentPage.objects.filter(pk__in=ids, kind=ContentKind.MASTERCLASS, path=parent).order_by()
    return Q(pk__in=ids) | Q(Exists(series), kind=ContentKind.PART)


def parts_among(pages: Mapping[int, ContentPage]) -> dict[int, list[ContentPage]]:
    """The parts of each series, in the order of the tree."""
    series = {page.path: page.pk for page in pages.values() if page.kind == ContentKind.MASTERCLASS}
    found: dict[int, list[ContentPage]] = defaultdict(list)
    for page in sorted(pages.values(), key=lambda page: page.path):
        if page.kind == ContentKind.PART and (owner := series.get(page.path[: -ContentPage.steplen])):
            found[owner].append(page)
    return dict(found)
