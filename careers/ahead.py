"""What comes next on the paths of many people at once, for digests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from careers.models import Completion, Enrolment, LearningPathPage
from careers.progress.measuring import measure
from careers.selectors import FollowedPath, followed_paths, steps_of, visible_pages


@dataclass(frozen=True)
class Ahead:
    """Unfinished paths with a next step, most recently active first, and all pages that these paths still ask for."""

    paths: list[FollowedPath]
    page_ids: frozenset[int]


NOTHING_AHEAD = Ahead([], frozenset())


def ahead_of(person_ids: Iterable[int]) -> dict[int, Ahead]:
    """Return what is ahead of each of these people who follows a path, in as many queries for any number of them."""
    enrolments = list(Enrolment.objects.filter(person__in=set(person_ids), finished_at=None))
    if not enrolments:
        return {}
    steps = steps_of({enrolment.path_id for enrolment in enrolments})
    pages = visible_pages(enrolments, steps)
    completed = _completed({enrolment.person_id for enrolment in enrolments}, [step.page_id for step in steps])
    by_person: dict[int, list[Enrolment]] = defaultdict(list)
    for enrolment in enrolments:
        by_person[enrolment.person_id].append(enrolment)
    return {
        person_id: _ahead(followed_paths(own, steps, pages, completed[person_id]))
        for person_id, own in by_person.items()
    }


def _ahead(paths: list[FollowedPath]) -> Ahead:
    going = [path for path in paths if not path.progress.finished and path.progress.next_step]
    on_them = {step.page.pk for path in going for stage in path.route for step in stage.steps}
    return Ahead(going, frozenset(on_them))


def _completed(person_ids: set[int], page_ids: list[int]) -> dict[int, dict[int, datetime]]:
    rows = Completion.objects.filter(person__in=person_ids, page__in=set(page_ids))
    completed: dict[int, dict[int, datetime]] = defaultdict(dict)
    for person_id, page_id, when in rows.values_list("person_id", "page_id", "completed_at"):
        completed[person_id][page_id] = when
    return completed


def ahead_on(path: LearningPathPage) -> Ahead:
    """What would be ahead of somebody who has just begun this path."""
    route = path.public_route()
    enrolment = Enrolment(path=path)
    return _ahead([FollowedPath(path, enrolment, route, measure(route, ()), frozenset(), enrolment.started_at)])
