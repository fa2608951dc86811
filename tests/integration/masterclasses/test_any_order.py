"""Reading, watching, marking, taking back, merging a browser's progress and changing the path, in any order.

Nothing but the person takes a completion away; what was done before it was taken back does not bring it back; and
`manage.py progress verify` never finds anything to repair.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from careers import actions
from careers.models import Completion, Enrolment, LearningPathPage
from careers.progress.merging import Kept, take
from careers.progress.recording import Report, record_reading
from careers.progress.settling import settle_due
from careers.progress.verifying import verify
from masterclasses.models import PartPage
from masterclasses.watching import sessions
from masterclasses.watching.beats import Beat
from masterclasses.watching.recording import record_beats
from tests.factories.accounts import PersonFactory
from tests.factories.careers import ArticlePageFactory, LearningPathPageFactory
from tests.factories.masterclasses import PartPageFactory, VideoFactory
from tests.integration.careers.test_path_changes import draft_with

LENGTH, ARTICLES = 100, 2
which = st.integers(0, ARTICLES - 1)
shares = st.sampled_from([0.3, 0.99, 1.0])


class Learning(RuleBasedStateMachine):
    """`done` is what was complete after the last step, `gone` what was taken back and not done once more."""

    articles: ClassVar[list[Any]]
    part_pk: ClassVar[int]
    path_pk: ClassVar[int]

    @initialize()
    def sit_down(self) -> None:
        self.block = transaction.atomic()
        self.block.__enter__()
        self.person: Any = PersonFactory.create()
        self.part = PartPage.objects.select_related("video__published").get(pk=self.part_pk)
        self.began = timezone.now() - timedelta(days=2)
        token = sessions.begin(person=self.person.pk, part=self.part.pk, now=self.began.timestamp())
        self.session: Any = sessions.read(token)
        self.told: list[tuple[Any, Report]] = []
        self.beats: list[Beat] = []
        self.done: set[int] = set()
        self.gone: set[int] = set()
        actions.enrol(person=self.person, path=LearningPathPage.objects.get(pk=self.path_pk))

    @rule(number=which, share=shares, seconds=st.sampled_from([2, 400]))
    def read(self, number: int, share: float, seconds: int) -> None:
        """A sitting that began yesterday, so that what is taken back today is not read again by it."""
        began = self.began + timedelta(hours=len(self.told))
        report = Report(f"{len(self.told):032x}", began, began + timedelta(seconds=seconds), seconds, 0, share)
        self.told.append((self.articles[number], report))
        record_reading(person=self.person, page=self.articles[number], report=report)

    @rule(random=st.randoms(use_true_random=False))
    def tell_again(self, random: Any) -> None:
        for page, report in random.sample(self.told, len(self.told)):
            record_reading(person=self.person, page=page, report=report)
        beats = random.sample(self.beats, len(self.beats))
        if beats:
            record_beats(person=self.person, part=self.part, session=self.session, beats=beats)

    @rule(start=st.integers(0, 6), tens=st.integers(1, 10))
    def watch(self, start: int, tens: int) -> None:
        number, at = len(self.beats), self.began.timestamp() + 600 * (len(self.beats) + 1)
        beat = Beat(number, start * 10, min(start * 10 + tens * 10, LENGTH), 1, at)
        self.beats.append(beat)
        record_beats(person=self.person, part=self.part, session=self.session, beats=[beat])

    @rule(number=which)
    def mark(self, number: int) -> None:
        actions.mark_done(person=self.person, page=self.articles[number])
        self.gone.discard(self.articles[number].pk)

    @rule(number=st.integers(0, ARTICLES))
    def take_back(self, number: int) -> None:
        page = [*self.articles, self.part][number]
        if actions.undo(person=self.person, page=page):
            self.done = self.complete()  # without the series, of which the part was one
            self.gone.add(page.pk)

    @rule(number=which, share=shares, marked=st.booleans())
    def merge(self, number: int, share: float, marked: bool) -> None:
        """What a browser kept since yesterday, taken twice: the second time it is nothing new."""
        page, at = self.articles[number], self.began.timestamp() * 1000
        row = {"page": page.pk, "key": "a" * 31 + str(number), "began": at, "at": at + 500_000}
        row |= {"seconds": 400, "first": 0, "share": share} | ({"marked": at} if marked else {})
        kept = Kept({"reading": [row]}, 0)
        take(self.person, kept)
        assert take(self.person, kept) == 0

    @rule(steps=st.lists(st.tuples(st.integers(0, ARTICLES), st.booleans()), unique_by=lambda step: step[0]))
    def change_the_path(self, steps: list[tuple[int, bool]]) -> None:
        finished = self.finished()
        pages = [*self.articles, self.part]
        path = LearningPathPage.objects.get(pk=self.path_pk)
        draft_with(path, [(pages[number], required) for number, required in steps]).save_revision(clean=False).publish()
        settle_due()
        assert self.finished() >= finished

    @invariant()
    def only_the_person_takes_away_and_nothing_old_brings_back(self) -> None:
        if not hasattr(self, "person"):
            return
        now = self.complete()
        assert self.done <= now
        assert not self.gone & now
        self.done = now

    @invariant()
    def verifying_finds_nothing(self) -> None:
        if hasattr(self, "person"):
            found = verify()
            assert found.total == 0, found.drift

    def complete(self) -> set[int]:
        return set(Completion.objects.of(self.person).values_list("page_id", flat=True))

    def finished(self) -> int:
        return Enrolment.objects.of(self.person).exclude(finished_at=None).count()

    def teardown(self) -> None:
        if hasattr(self, "person"):
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)


@pytest.mark.django_db
def test_nothing_that_was_done_is_lost_whatever_comes_in_whatever_order():
    Learning.articles = ArticlePageFactory.create_batch(ARTICLES)
    part = PartPageFactory(video=VideoFactory(duration=LENGTH))
    Learning.part_pk = part.pk
    Learning.path_pk = LearningPathPageFactory(stages=[Learning.articles, [part]]).pk
    calm = settings(max_examples=12, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Learning, settings=calm)
