"""What a person has left to learn, from the paths that they follow, as items to pack."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from math import ceil

from careers.learning.stops import Stop
from careers.paths.route import RouteStage, RouteStep
from careers.planning.items import Item
from careers.selectors import FollowedPath
from home.models import ContentKind, ContentPage

#: From so many minutes on, an article is long enough to be read in two sittings.
LONG_ARTICLE = 15
PLAYED = frozenset({ContentKind.PART.value, ContentKind.MASTERCLASS.value})
ONE_SITTING = frozenset({ContentKind.RESOURCE.value})


@dataclass(frozen=True)
class Work:
    """All that planning needs to know of a person, fetched once. `speed` is a factor: 1.5 plays faster.

    `parts` are the pages below each series that is a step.
    """

    paths: Sequence[FollowedPath]
    completed: Mapping[int, datetime]
    stops: Mapping[int, Stop]
    parts: Mapping[int, Sequence[ContentPage]]
    speed: float

    @cached_property
    def pages(self) -> dict[int, ContentPage]:
        steps = [step.page for path in self.paths for stage in path.route for step in stage.steps]
        return {page.pk: page for page in [*steps, *(part for parts in self.parts.values() for part in parts)]}

    def items(self, *, at: datetime | None = None) -> list[Item]:
        """What is left now, or what was left at a moment of the past, each page once."""
        done = {pk for pk, when in self.completed.items() if at is None or when <= at}
        paths = [path for path in self.paths if at is None or path.enrolment.started_at <= at]
        found: dict[int, Item] = {}
        for path in paths:
            for item in self._of_route(path.route, done):
                earlier = found.get(item.page_id)
                if earlier is None or (item.required and not earlier.required):
                    found[item.page_id] = item
        return list(found.values())

    def _of_route(self, route: Sequence[RouteStage], done: Collection[int]) -> Iterator[Item]:
        for stage in route:
            after = frozenset(self._waits_for(stage, done))
            for step in stage.steps:
                if step.page.pk not in done:
                    yield from self._of_step(step, after, done)

    def _waits_for(self, stage: RouteStage, done: Collection[int]) -> Iterator[int]:
        """The pages that must be done before a locked stage opens; a series stands for its parts."""
        first = stage.first if stage.lock else ()
        for step in (step for earlier in first for step in earlier.steps if step.required):
            if step.page.pk not in done:
                yield from (page.pk for page in self._pages_of(step.page) if page.pk not in done)

    def _of_step(self, step: RouteStep, after: frozenset[int], done: Collection[int]) -> Iterator[Item]:
        for page in self._pages_of(step.page):
            if page.pk not in done:
                yield Item(page.pk, self.minutes_left(page), divisible(page), step.required, after - {page.pk})

    def _pages_of(self, page: ContentPage) -> Sequence[ContentPage]:
        return self.parts.get(page.pk) or [page]

    def minutes_left(self, page: ContentPage) -> int:
        """Whole minutes, at least one, at the person's speed where it is played, from where they stopped."""
        stop = self.stops.get(page.pk)
        seconds = stop.seconds_left if stop else page.minutes * 60
        return max(1, ceil(seconds / 60 / (self.speed if page.kind in PLAYED else 1)))


def divisible(page: ContentPage) -> bool:
    """A recording can be stopped anywhere, and a long article; a resource is somebody else's."""
    return page.kind in PLAYED or (page.kind not in ONE_SITTING and page.minutes >= LONG_ARTICLE)
