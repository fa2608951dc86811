"""How far a person is on a route; the one place that decides what counts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from careers.paths.route import RouteStage, RouteStep


@dataclass(frozen=True)
class StageProgress:
    """`done` of `total` required steps of a stage; it is locked while it `waits_for` other stages.

    A stage without a required step holds nobody up. Minutes are of required steps.
    """

    stage: RouteStage
    done: int
    total: int
    minutes_left: int
    waits_for: tuple[RouteStage, ...] = ()

    @property
    def locked(self) -> bool:
        return bool(self.waits_for)

    @property
    def passed(self) -> bool:
        return self.done == self.total

    @property
    def complete(self) -> bool:
        return self.passed and self.total > 0


@dataclass(frozen=True)
class PathProgress:
    """`done` of `total` required steps. Who has finished stays finished when the path gains `new_steps`.

    `stages` are those of the route, in its order. The next step is never behind a lock.
    """

    done: int
    total: int
    percent: int
    next_step: RouteStep | None
    minutes_left: int
    finished: bool
    new_steps: int
    stages: tuple[StageProgress, ...] = ()


def measure(route: Sequence[RouteStage], done: Collection[int], *, finished_before: bool = False) -> PathProgress:
    """Compare a route with the ids of the pages that a person has completed; optional steps never count."""
    stages = measure_stages(route, done)
    required = [step for stage in route for step in stage.steps if step.required]
    left = [step for state in stages for step in steps_left(state.stage, done)]
    within_reach = [step for state in stages if not state.locked for step in steps_left(state.stage, done)]
    finished = finished_before or (bool(required) and not left)
    reached = len(required) - len(left)
    return PathProgress(
        done=reached,
        total=len(required),
        percent=100 if finished else reached * 100 // max(len(required), 1),
        next_step=within_reach[0] if within_reach else None,
        minutes_left=sum(state.minutes_left for state in stages),
        finished=finished,
        new_steps=len(left) if finished else 0,
        stages=stages,
    )


def measure_stages(route: Sequence[RouteStage], done: Collection[int]) -> tuple[StageProgress, ...]:
    """Locks look at earlier stages alone, so that one look at each stage, in order, is enough."""
    unfinished = {stage.key for stage in route if steps_left(stage, done)}
    states: list[StageProgress] = []
    for stage in route:
        required = [step for step in stage.steps if step.required]
        left = steps_left(stage, done)
        waits_for = tuple(first for first in stage.first if first.key in unfinished) if stage.lock else ()
        minutes = sum(step.page.minutes for step in left)
        states.append(StageProgress(stage, len(required) - len(left), len(required), minutes, waits_for))
    return tuple(states)


def steps_left(stage: RouteStage, done: Collection[int]) -> list[RouteStep]:
    """The required steps of a stage that a person has yet to do."""
    return [step for step in stage.steps if step.required and step.page.pk not in done]
