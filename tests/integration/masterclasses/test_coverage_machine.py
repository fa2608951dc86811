"""Two devices, no order, duplicates, losses, all speeds, sleep and jumps: always the union of what was really played.

The model paints the milliseconds that were played, and knows nothing of beats. Whatever has not been answered is sent
again, as players do.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from careers.models import Completion
from masterclasses.models import PartPage, WatchBeat, WatchCoverage
from masterclasses.watching import sessions
from masterclasses.watching.beats import Beat
from masterclasses.watching.counting import count
from masterclasses.watching.intervals import holes, minus, total, union
from masterclasses.watching.recording import record_beats
from masterclasses.watching.settling import settle_one
from tests.factories.accounts import PersonFactory
from tests.factories.masterclasses import PartPageFactory, VideoFactory

LENGTH = 120
BEAT = 10.0
DEVICES = (0, 1)
device = st.sampled_from(DEVICES)


class Watching(RuleBasedStateMachine):
    """`now` is when the next thing happens; the devices began long enough ago for everything to be in the past."""

    @initialize()
    def sit_down(self) -> None:
        self.block = transaction.atomic()
        self.block.__enter__()
        self.person: Any = PersonFactory.create()
        self.part = PartPage.objects.select_related("video__published").get(pk=PART["pk"])
        start = timezone.now().timestamp() - 20 * 86400
        token = [sessions.begin(person=self.person.pk, part=self.part.pk, now=start) for _each in DEVICES]
        self.sessions = [sessions.read(each) for each in token]
        self.now = [start for _each in DEVICES]
        self.place = [0.0 for _each in DEVICES]
        self.numbers = [0 for _each in DEVICES]
        self.unsent: list[list[Beat]] = [[] for _each in DEVICES]
        self.answered: list[list[Beat]] = [[] for _each in DEVICES]
        self.truth: set[int] = set()

    @rule(on=device, seconds=st.floats(0.2, 70), rate=st.sampled_from([0.5, 0.75, 1, 1.25, 1.5, 2]))
    def play(self, on, seconds, rate):
        until = min(self.place[on] + seconds * rate, LENGTH)
        while self.place[on] < until:
            end = min(self.place[on] + BEAT * rate, until)
            self.now[on] += (end - self.place[on]) / rate
            self.truth.update(range(round(self.place[on] * 1000), round(end * 1000)))
            self.unsent[on].append(Beat(self.numbers[on], self.place[on], end, rate, self.now[on]))
            self.numbers[on] += 1
            self.place[on] = end

    @rule(on=device, place=st.floats(0, LENGTH))
    def jump(self, on, place):
        self.place[on] = place

    @rule(on=device, hours=st.floats(0, 9))
    def sleep(self, on, hours):
        self.now[on] += hours * 3600

    @rule(on=device, random=st.randoms(), lost=st.booleans())
    def send(self, on, random, lost):
        """Some of what is unsent, in any order, with some that was answered; the answer may be lost on its way."""
        batch = random.sample(self.unsent[on], random.randint(0, len(self.unsent[on])))
        again = random.sample(self.answered[on], min(len(self.answered[on]), 3))
        sent = [*batch, *again]
        random.shuffle(sent)
        if not sent:
            return
        receipt = record_beats(person=self.person, part=self.part, session=self.sessions[on], beats=sent)
        assert receipt.refused == {}, "an honest player was not believed"
        if not lost:
            self.unsent[on] = [beat for beat in self.unsent[on] if beat not in batch]
            self.answered[on] += batch

    @rule(on=device)
    def lie(self, on):
        """The whole film at once, from a session with no time for it."""
        beat = Beat(10**6, 0, LENGTH, 2, self.sessions[on].began + 1)
        receipt = record_beats(person=self.person, part=self.part, session=self.sessions[on], beats=[beat])
        assert receipt.taken == []

    @rule()
    def settle(self):
        """The ledger is compacted, which no union notices."""
        settle_one(person=self.person.pk, part=self.part.pk, before=timezone.now())

    @invariant()
    def nothing_is_counted_that_was_not_played(self):
        if hasattr(self, "person"):
            assert not {second for second in self.counted() if second not in self.truth}

    @invariant()
    def the_coverage_is_the_union_of_the_ledger(self):
        if hasattr(self, "person"):
            coverage = WatchCoverage.objects.filter(person=self.person).first()
            spans = count(person=self.person.pk, part=self.part.pk)
            assert union(coverage.spans if coverage else []) == spans

    def teardown(self):
        if not hasattr(self, "person"):
            return
        for on in DEVICES:
            record_beats(person=self.person, part=self.part, session=self.sessions[on], beats=self.unsent[on])
        coverage = WatchCoverage.objects.get(person=self.person)
        assert abs(total(coverage.spans) - len(self.truth) / 1000) <= 1
        done = Completion.objects.filter(person=self.person, page=self.part.pk).exists()
        if abs(len(self.truth) / 1000 - 0.9 * LENGTH) > 0.1:
            assert done == (len(self.truth) >= 900 * LENGTH)
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def counted(self) -> set[int]:
        """Whole milliseconds well within what is counted: the edges are rounded."""
        coverage = WatchCoverage.objects.filter(person=self.person).first()
        spans = coverage.spans if coverage else []
        return {ms for start, end in spans for ms in range(round(start * 1000) + 2, round(end * 1000) - 2, 100)}


PART: dict[str, int] = {}


@pytest.mark.django_db
def test_whatever_happens_on_the_way_the_union_is_what_was_played():
    PART["pk"] = PartPageFactory(video=VideoFactory(duration=LENGTH)).pk
    calm = settings(
        max_examples=12, stateful_step_count=18, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    run_state_machine_as_test(Watching, settings=calm)
    assert not WatchBeat.objects.exists(), "every example is taken back"


def test_the_model_and_the_union_agree_on_what_is_missing():
    assert minus([(0, LENGTH)], [(10, 20)]) == holes([(10, 20)], LENGTH)
