"""What counts on a route."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from careers.models import PathStage
from careers.paths.route import build_route
from careers.progress.measuring import measure


def page(pk: int, minutes: int = 10) -> Any:
    return SimpleNamespace(pk=pk, minutes=minutes)


def step(pk: int, *, required: bool = True) -> Any:
    return SimpleNamespace(page_id=pk, note="", required=required)


def stage(number: int, after: tuple[int, ...] = (), *, lock: bool = False) -> PathStage:
    gate = PathStage.Gate.LOCK if lock else PathStage.Gate.ADVICE
    return PathStage(title=f"Stage {number}", key=str(number), after=[str(each) for each in after], gate=gate)


def route_of(
    *stages: list[Any],
    hidden: tuple[int, ...] = (),
    done: tuple[int, ...] = (),
    locks: dict[int, tuple[int, ...]] | None = None,
    advice: dict[int, tuple[int, ...]] | None = None,
) -> Any:
    """Stages are numbered from 0; `locks={1: (0,)}` opens stage 1 when stage 0 is done."""
    locks, after = locks or {}, (advice or {}) | (locks or {})
    staged: Any = [(stage(n, after.get(n, ()), lock=n in locks), steps) for n, steps in enumerate(stages)]
    ids = {each.page_id for steps in stages for each in steps}
    pages = {pk: page(pk) for pk in ids - set(hidden)}
    return build_route(staged, pages, {pk: page(pk) for pk in set(hidden) & set(done)})


def test_steps_are_numbered_through_all_stages():
    route = route_of([step(1), step(2)], [step(3)])
    assert [[each.number for each in stage.steps] for stage in route] == [[1, 2], [3]]


def test_steps_that_nobody_may_open_are_left_out_and_so_are_stages_without_any():
    route = route_of([step(1), step(2)], [step(3)], hidden=(1, 3))
    assert [[(each.number, each.page.pk) for each in stage.steps] for stage in route] == [[(1, 2)]]


def test_nothing_done_leaves_the_first_step_and_all_the_minutes():
    progress = measure(route_of([step(1), step(2)]), set())
    assert (progress.done, progress.total, progress.percent, progress.minutes_left) == (0, 2, 0, 20)
    assert progress.next_step
    assert progress.next_step.page.pk == 1


def test_the_next_step_is_the_first_that_is_not_done_in_whatever_order_they_were_done():
    progress = measure(route_of([step(1)], [step(2), step(3)]), {1, 3})
    assert progress.next_step
    assert progress.next_step.number == 2


def test_optional_steps_never_count():
    progress = measure(route_of([step(1), step(2, required=False)]), {1})
    assert (progress.total, progress.percent, progress.finished, progress.minutes_left) == (1, 100, True, 0)


def test_a_percentage_is_never_rounded_up_to_done():
    steps = [step(n) for n in range(300)]
    progress = measure(route_of(steps), set(range(299)))
    assert (progress.percent, progress.finished) == (99, False)


def test_a_path_without_required_steps_is_not_finished_by_doing_nothing():
    assert not measure(route_of([step(1, required=False)]), {1}).finished
    assert measure([], set()).percent == 0


def test_who_has_finished_stays_finished_when_the_path_gains_steps():
    progress = measure(route_of([step(1), step(2), step(3)]), {1}, finished_before=True)
    assert (progress.finished, progress.percent, progress.new_steps) == (True, 100, 2)
    assert progress.next_step
    assert progress.next_step.page.pk == 2


@given(
    required=st.lists(st.booleans(), max_size=12),
    done=st.sets(st.integers(min_value=0, max_value=15)),
    more=st.integers(min_value=0, max_value=15),
)
def test_doing_more_never_takes_anything_away(required, done, more):
    route = route_of([step(pk, required=needed) for pk, needed in enumerate(required)])
    before, after = measure(route, done), measure(route, done | {more})
    assert after.done >= before.done
    assert after.percent >= before.percent
    assert after.minutes_left <= before.minutes_left
    assert after.finished >= before.finished
    assert before.finished == (before.total > 0 and before.done == before.total)
    assert (before.next_step is None) == (before.done == before.total)


# Stages that come first ----------------------------------------------------------------------------------------


def locked(route: Any, done: set[int]) -> list[bool]:
    return [state.locked for state in measure(route, done).stages]


def test_a_locked_stage_opens_when_the_required_steps_before_it_are_done():
    route = route_of([step(1), step(2, required=False)], [step(3)], locks={1: (0,)})
    assert locked(route, set()) == [False, True]
    assert [first.title for first in measure(route, set()).stages[1].waits_for] == ["Stage 0"]
    assert locked(route, {1}) == [False, False]


def test_advice_never_locks():
    route = route_of([step(1)], [step(2)], advice={1: (0,)})
    assert locked(route, set()) == [False, False]
    assert [first.title for first in route[1].first] == ["Stage 0"]


def test_what_was_done_behind_a_lock_counts_all_the_same():
    progress = measure(route_of([step(1)], [step(2)], locks={1: (0,)}), {2})
    assert (progress.done, progress.stages[1].locked) == (1, True)


def test_a_stage_without_a_required_step_holds_nobody_up():
    assert locked(route_of([step(1, required=False)], [step(2)], locks={1: (0,)}), set()) == [False, False]


def test_a_stage_that_is_not_shown_holds_nobody_up():
    assert locked(route_of([step(1)], [step(2)], locks={1: (0,)}, hidden=(1,)), set()) == [False]


def test_a_lock_that_names_a_later_stage_or_itself_is_no_lock():
    route = route_of([step(1)], [step(2)], locks={0: (1,), 1: (1,)})
    assert locked(route, set()) == [False, False]


def test_a_stage_says_its_minutes_required_and_optional():
    route = route_of([step(1), step(2), step(3, required=False)])
    assert (route[0].minutes, route[0].optional_minutes) == (20, 10)
    assert measure(route, {1}).stages[0].minutes_left == 10


# Pages that nobody may open any more ---------------------------------------------------------------------------


def test_a_step_that_was_done_before_it_was_closed_keeps_counting_and_takes_no_number():
    route = route_of([step(1), step(2)], [step(3)], hidden=(1,), done=(1,))
    assert [(each.number, each.closed) for part in route for each in part.steps] == [(0, True), (1, False), (2, False)]
    progress = measure(route, {1})
    assert (progress.done, progress.total, progress.minutes_left) == (1, 3, 20)


stages_of_steps = st.lists(st.lists(st.booleans(), min_size=1, max_size=3), min_size=1, max_size=5)


@given(stages=stages_of_steps, data=st.data())
def test_whatever_is_locked_there_is_always_a_next_step_and_it_is_not_behind_a_lock(stages, data):
    numbers = range(len(stages))
    locks = data.draw(st.dictionaries(st.sampled_from(numbers), st.lists(st.sampled_from(numbers)).map(tuple)))
    done = data.draw(st.sets(st.integers(min_value=0, max_value=14)))
    pk = iter(range(15))
    route = route_of(*[[step(next(pk), required=needed) for needed in steps] for steps in stages], locks=locks)

    progress = measure(route, done)

    assert (progress.next_step is None) == (progress.done == progress.total)
    open_pages = [each.page.pk for state in progress.stages if not state.locked for each in state.stage.steps]
    assert progress.next_step is None or progress.next_step.page.pk in open_pages
