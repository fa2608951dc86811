"""Any order of enrolling, leaving, marking and taking back, over paths that share pages."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from careers import actions
from careers.models import Completion, Enrolment
from careers.selectors import completed_at, followed_by
from tests.factories.accounts import PersonFactory
from tests.factories.careers import ArticlePageFactory, LearningPathPageFactory

PAGES, PATHS = 4, 2
which_page = st.integers(min_value=0, max_value=PAGES - 1)
which_path = st.integers(min_value=0, max_value=PATHS - 1)


class Ledger(RuleBasedStateMachine):
    """The model: a set of done pages, a set of followed paths."""

    pages: ClassVar[list[Any]]
    paths: ClassVar[list[Any]]
    required: ClassVar[list[set[int]]]

    def __init__(self) -> None:
        super().__init__()
        self.person: Any = PersonFactory()
        self.done: set[int] = set()
        self.followed: set[int] = set()

    @rule(page=which_page, times=st.integers(min_value=1, max_value=2))
    def mark(self, page: int, times: int) -> None:
        for _time in range(times):
            actions.mark_done(person=self.person, page=self.pages[page])
        self.done.add(self.pages[page].pk)

    @rule(page=which_page)
    def take_back(self, page: int) -> None:
        assert actions.undo(person=self.person, page=self.pages[page]) == (self.pages[page].pk in self.done)
        self.done.discard(self.pages[page].pk)

    @rule(path=which_path)
    def begin(self, path: int) -> None:
        actions.enrol(person=self.person, path=self.paths[path])
        self.followed.add(path)

    @rule(path=which_path)
    def stop(self, path: int) -> None:
        assert actions.leave(person=self.person, path=self.paths[path]) == (path in self.followed)
        self.followed.discard(path)

    @invariant()
    def the_ledger_is_what_was_done_last(self) -> None:
        assert sorted(Completion.objects.of(self.person).values_list("page_id", flat=True)) == sorted(self.done)

    @invariant()
    def a_path_is_finished_exactly_when_its_required_steps_are_done(self) -> None:
        rows = Enrolment.objects.of(self.person).values_list("path_id", "finished_at")
        wanted = {self.paths[number].pk: self.required[number] <= self.done for number in self.followed}
        assert {path: finished_at is not None for path, finished_at in rows} == wanted

    @invariant()
    def my_learning_shows_the_followed_paths_as_far_as_they_are(self) -> None:
        shown = {
            followed.path.pk: followed.progress.done for followed in followed_by(self.person, completed_at(self.person))
        }
        assert shown == {self.paths[n].pk: len(self.required[n] & self.done) for n in self.followed}


@pytest.mark.django_db
def test_any_order_of_actions_keeps_the_ledger_true():
    pages = Ledger.pages = ArticlePageFactory.create_batch(PAGES)
    Ledger.paths = [
        LearningPathPageFactory(stages=[pages[:2], [(pages[3], {"required": False})]]),
        LearningPathPageFactory(stages=[pages[1:3]]),
    ]
    Ledger.required = [{pages[0].pk, pages[1].pk}, {pages[1].pk, pages[2].pk}]

    run_state_machine_as_test(
        Ledger,
        settings=settings(
            max_examples=10, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
