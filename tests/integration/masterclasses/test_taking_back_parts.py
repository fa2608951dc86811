"""A part that was taken back is complete again by what is played from then on, and by nothing that was before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from careers import actions as careers
from careers.models import Completion
from careers.progress.rules import rule_for
from masterclasses.watching import ledger
from masterclasses.watching.recording import absorb
from tests.factories.accounts import PersonFactory
from tests.factories.masterclasses import MasterclassPageFactory, PartPageFactory, VideoFactory, WatchBeatFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def part(reader):
    """A part that the reader has watched, and taken back."""
    part = PartPageFactory(video=VideoFactory(duration=1200))
    WatchBeatFactory(person=reader, part=part, start=0, end=1150)
    absorb(ledger.take(person=reader.pk, part=part.pk), person=reader, part=part, spans=[(0, 1150)])
    assert careers.undo(person=reader, page=part)
    return part


def complete(reader, page, how=Completion.How.WATCHED):
    return careers.complete(person=reader, page=page, how=how)


def test_what_was_played_before_does_not_complete_it(reader, part):
    verdict = rule_for(part.kind).judge(reader, part)

    assert complete(reader, part) is None
    assert not verdict.complete
    assert verdict.sentence.startswith("You took it back on ")


def test_playing_it_through_once_more_completes_it(reader, part):
    later = timezone.now() + timedelta(seconds=5)
    WatchBeatFactory(person=reader, part=part, start=0, end=1150, measured_at=later)

    assert complete(reader, part)


def test_a_masterclass_that_was_taken_back_counts_the_parts_done_since():
    reader, series = PersonFactory(), MasterclassPageFactory()
    part = PartPageFactory(parent=series)
    careers.mark_done(person=reader, page=part)
    careers.undo(person=reader, page=series)
    assert complete(reader, series, Completion.How.PARTS) is None

    careers.undo(person=reader, page=part)
    careers.mark_done(person=reader, page=part)

    assert Completion.objects.filter(person=reader, page=series.pk).exists()
