"""What other floors and templates read about a practitioner's learning, each in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from careers.models import Completion, Enrolment, LearningPathPage, PathStage, PathStep
from careers.paths.findings import Finding
from careers.paths.linter import lint_stored
from careers.paths.route import RouteStage, RouteStep, StagedSteps, build_route
from careers.progress.measuring import PathProgress, measure
from careers.progress.standing import Standing
from home.models import ContentPage

if TYPE_CHECKING:
    from accounts.models import User

RECENT = 5
SUGGESTED = 6


@dataclass(frozen=True)
class FollowedPath:
    """A path that a person follows, and how far they are; `path` is its ContentPage."""

    path: ContentPage
    enrolment: Enrolment
    route: list[RouteStage]
    progress: PathProgress
    done_ids: frozenset[int]
    active_at: datetime

    def way_on_from(self, page: ContentPage) -> WayOn:
        """Where the page is on this route, and the next step after it is done."""
        steps = [step for stage in self.route for step in stage.steps]
        here = next((step for step in steps if step.page.pk == page.pk), None)
        onward = measure(self.route, self.done_ids | {page.pk}).next_step
        total = sum(not step.closed for step in steps)
        return WayOn(self.path, here.number if here else 0, total, onward)


@dataclass(frozen=True)
class WayOn:
    """“Step 3 of 7 in …: next →”."""

    path: ContentPage
    number: int
    total: int
    next_step: RouteStep | None


@dataclass(frozen=True)
class RecentlyDone:
    page: ContentPage
    completed_at: datetime


def completed_page_ids(person: User) -> set[int]:
    """Return the ids of all pages that the person has completed."""
    return set(Completion.objects.of(person).values_list("page_id", flat=True))


def completed_at(person: User) -> dict[int, datetime]:
    """Return when the person completed each page, the latest first."""
    return dict(Completion.objects.of(person).newest().values_list("page_id", "completed_at"))


def followed_by(person: User, completed: Mapping[int, datetime]) -> list[FollowedPath]:
    """Return the paths that a person follows, the most recently active first."""
    enrolments = list(Enrolment.objects.of(person))
    steps = steps_of(enrolment.path_id for enrolment in enrolments)
    return followed_paths(enrolments, steps, visible_pages(enrolments, steps), completed)


def completed_children(person: User, page: ContentPage) -> list[int]:
    """Return the ids of those pages right below this one that the person has completed: parts of a masterclass."""
    children = ContentPage.objects.child_of(page).values("pk")
    return list(Completion.objects.of(person).filter(page__in=children).values_list("page_id", flat=True))


def standing_on(person: User, path: LearningPathPage) -> Standing:
    """Return where the person stands on a path, whether they follow it or not."""
    enrolment = Enrolment.objects.of(person).filter(path=path).first()
    staged = path.staged_steps()
    ids = {step.page_id for _stage, steps in staged for step in steps if step.page_id}
    done_ids = frozenset(Completion.objects.of(person).filter(page__in=ids).values_list("page_id", flat=True))
    pages = ContentPage.objects.visible().in_bulk(ids)
    route = build_route(staged, pages, closed_pages(done_ids, pages))
    finished_before = bool(enrolment and enrolment.finished_at)
    return Standing(enrolment, route, done_ids, measure(route, done_ids, finished_before=finished_before))


def path_progress(person: User, path: LearningPathPage) -> PathProgress:
    """Return how far the person is, whether they follow the path or not."""
    return standing_on(person, path).progress


def paths_with(person: User, page: ContentPage) -> list[FollowedPath]:
    """Return the paths that the person follows and that have the page as a step."""
    enrolments = list(Enrolment.objects.of(person).filter(path__stages__steps__page=page.pk).distinct())
    if not enrolments:
        return []
    steps = steps_of(enrolment.path_id for enrolment in enrolments)
    completed = dict(Completion.objects.of(person).values_list("page_id", "completed_at"))
    return followed_paths(enrolments, steps, visible_pages(enrolments, steps), completed)


def next_steps(person: User) -> list[FollowedPath]:
    """Return the unfinished paths that have a next step, most recently active first; for digests."""
    unfinished = (path for path in followed_by(person, completed_at(person)) if not path.progress.finished)
    return [followed for followed in unfinished if followed.progress.next_step]


def paths_to_begin() -> list[LearningPathPage]:
    """Return paths for somebody who follows none, in the editor's order."""
    return list(LearningPathPage.objects.visible().in_language().for_cards().order_by("path")[:SUGGESTED])


def steps_of(path_ids: Iterable[int]) -> list[PathStep]:
    """Return the steps of several paths with their stages, in the order of the pages."""
    steps = PathStep.objects.filter(stage__path__in=list(path_ids)).select_related("stage")
    return list(steps.order_by("stage__path", "stage__sort_order", "stage_id", "sort_order", "pk"))


def visible_pages(
    enrolments: Iterable[Enrolment], steps: Iterable[PathStep], others: Iterable[int] = ()
) -> dict[int, ContentPage]:
    ids = (
        {enrolment.path_id for enrolment in enrolments} | {step.page_id for step in steps if step.page_id} | set(others)
    )
    return ContentPage.objects.visible().in_bulk(ids) if ids else {}


def followed_paths(
    enrolments: Iterable[Enrolment],
    steps: Iterable[PathStep],
    pages: Mapping[int, ContentPage],
    completed: Mapping[int, datetime],
    known: Mapping[int, ContentPage] | None = None,
) -> list[FollowedPath]:
    """`pages` are those that anybody may open; `known`, where it is given, all that are not deleted."""
    steps = list(steps)
    staged = stages_by_path(steps)
    closed = closed_pages({step.page_id for step in steps if step.page_id} & completed.keys(), pages, known)
    followed = [
        follow(enrolment, build_route(staged[enrolment.path_id], pages, closed), pages[enrolment.path_id], completed)
        for enrolment in enrolments
        if enrolment.path_id in pages
    ]
    return sorted(followed, key=lambda path: path.active_at, reverse=True)


def follow(
    enrolment: Enrolment, route: list[RouteStage], path: ContentPage, completed: Mapping[int, datetime]
) -> FollowedPath:
    progress = measure(route, completed, finished_before=enrolment.finished_at is not None)
    done = frozenset(step.page.pk for stage in route for step in stage.steps if step.page.pk in completed)
    active_at = max([enrolment.started_at, *(completed[pk] for pk in done)])
    return FollowedPath(path, enrolment, route, progress, done, active_at)


def closed_pages(
    done: Iterable[int], visible: Mapping[int, ContentPage], known: Mapping[int, ContentPage] | None = None
) -> dict[int, ContentPage]:
    """Return the pages that were done and that nobody may open any more: they keep counting."""
    closed = set(done) - visible.keys()
    if known is not None:
        return {pk: known[pk] for pk in closed & known.keys()}
    return ContentPage.objects.in_bulk(closed) if closed else {}


def stages_by_path(steps: Iterable[PathStep]) -> Mapping[int, StagedSteps]:
    stages: dict[int, list[PathStep]] = defaultdict(list)
    for step in steps:
        stages[step.stage_id].append(step)
    staged: dict[int, list] = defaultdict(list)
    for own in stages.values():
        staged[own[0].stage.path_id].append((own[0].stage, own))
    return staged


def findings_by_path(path_ids: Iterable[int]) -> dict[int, list[Finding]]:
    """Lint stored paths, in a constant number of queries; also those without a single stage."""
    ids = list(path_ids)
    stages: dict[int, dict[int, PathStage]] = defaultdict(dict)
    for stage in PathStage.objects.filter(path__in=ids).order_by("path", "sort_order", "pk"):
        stages[stage.path_id][stage.pk] = stage
    steps: dict[int, list[PathStep]] = defaultdict(list)
    for step in steps_of(ids):
        steps[step.stage_id].append(step)
    staged = {pk: [(stage, steps[stage.pk]) for stage in stages[pk].values()] for pk in ids}
    return lint_stored(staged)
