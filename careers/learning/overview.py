"""“My learning”: everything on it in a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from careers.learning.reading_stops import stops_at
from careers.learning.stops import SHOWN, Stop, stops_of
from careers.learning.traces import LATEST_BOOKMARKS, LatestNote, traces_of
from careers.models import Enrolment
from careers.planning.gathering import parts_among, plan_of, week_with, with_parts_and_own
from careers.planning.week import Week
from careers.selectors import RECENT, FollowedPath, RecentlyDone, completed_at, followed_paths, steps_of
from home.models import ContentPage

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class MyLearning:
    """`stops`: what is begun, the latest first. `week` is None for somebody who has no plan."""

    paths: list[FollowedPath]
    stops: list[Stop]
    week: Week | None
    bookmarks: list[ContentPage]
    notes: list[LatestNote]
    recent: list[RecentlyDone]

    @property
    def unfinished(self) -> list[FollowedPath]:
        return [followed for followed in self.paths if not followed.progress.finished]

    @property
    def finished(self) -> list[FollowedPath]:
        return [followed for followed in self.paths if followed.progress.finished]

    @property
    def go_on_with(self) -> FollowedPath | None:
        """For somebody who has begun nothing: the unfinished path that was last active and has a step to take."""
        return next((followed for followed in self.unfinished if followed.progress.next_step), None)

    @property
    def is_new(self) -> bool:
        return not (self.paths or self.stops or self.bookmarks or self.notes or self.recent)


def my_learning(person: User, *, now: datetime | None = None) -> MyLearning:
    completed = completed_at(person)
    latest = list(completed)[: RECENT * 2]
    enrolments = list(Enrolment.objects.of(person))
    steps = steps_of(enrolment.path_id for enrolment in enrolments)
    traces = traces_of(person)
    ids = {row.path_id for row in enrolments} | {step.page_id for step in steps}
    pages = with_parts_and_own(person, ids, traces.page_ids | set(latest))
    paths = followed_paths(enrolments, steps, pages.public, completed, known=pages.known)
    stops = stops_of(person, done=completed, at_hand={"reading": stops_at(traces.places, pages.own)})
    plan, slots = plan_of(person)
    week = None
    if plan:
        parts = parts_among(pages.public)
        moment = now or timezone.now()
        week = week_with(person, plan, slots, paths, parts=parts, completed=completed, stops=stops, now=moment)
    return MyLearning(
        paths=paths,
        stops=stops[:SHOWN],
        week=week,
        bookmarks=_at_hand(traces.bookmarked, pages.own)[:LATEST_BOOKMARKS],
        notes=traces.notes,
        recent=[RecentlyDone(page, completed[page.pk]) for page in _at_hand(latest, pages.own)][:RECENT],
    )


def _at_hand(ids: Iterable[int], pages: Mapping[int, ContentPage]) -> list[ContentPage]:
    return [pages[pk] for pk in ids if pk in pages]
