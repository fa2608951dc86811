"""The route of a learning path: its visible steps, stage by stage, numbered through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from careers.models import PathStage, PathStep
    from home.models import ContentPage


@dataclass(frozen=True)
class RouteStep:
    """`closed`: nobody may open the page any more, but the person has done it; such a step has the number 0."""

    number: int
    page: ContentPage
    note: str
    required: bool
    closed: bool = False


@dataclass(frozen=True)
class RouteStage:
    """`first` are the earlier stages that come before this one: as advice, or as a lock."""

    title: str
    intro: str
    steps: list[RouteStep]
    key: str = ""
    first: tuple[RouteStage, ...] = ()
    lock: bool = False

    @property
    def minutes(self) -> int:
        """Minutes of the required steps that are still open."""
        return sum(step.page.minutes for step in self.steps if step.required and not step.closed)

    @property
    def optional_minutes(self) -> int:
        return sum(step.page.minutes for step in self.steps if not step.required and not step.closed)


StagedSteps = Iterable[tuple["PathStage", Iterable["PathStep"]]]


def build_route(
    staged: StagedSteps, pages: Mapping[int, ContentPage], closed: Mapping[int, ContentPage] | None = None
) -> list[RouteStage]:
    """Number the steps whose pages are at hand; a stage of which none is, is left out.

    `closed` are pages that nobody may open any more and that the person has done: they keep their place. Of the stages
    that an editor named as coming first only earlier ones count, so that no lock can wait for itself.
    """
    route: dict[str, RouteStage] = {}
    number = 0
    for stage, steps in staged:
        shown: list[RouteStep] = []
        for step in steps:
            if page := pages.get(step.page_id or 0):
                number += 1
                shown.append(RouteStep(number, page, step.note, step.required))
            elif page := (closed or {}).get(step.page_id or 0):
                shown.append(RouteStep(0, page, step.note, step.required, closed=True))
        if shown:
            first = tuple(route[key] for key in stage.after if key in route)
            lock = stage.gate == stage.Gate.LOCK and bool(first)
            route[stage.key] = RouteStage(stage.title, stage.intro, shown, stage.key, first, lock)
    return list(route.values())
