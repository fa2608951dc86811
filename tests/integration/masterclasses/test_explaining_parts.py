"""Parts and masterclasses that were begun are explained beside the articles, whatever their number."""

from __future__ import annotations

import pytest
from django.urls import reverse

from careers.actions import mark_done, undo
from careers.progress.explaining import explain, explanations_of
from masterclasses.watching import ledger
from masterclasses.watching.recording import absorb
from tests.factories.accounts import PersonFactory, browser_of
from tests.factories.masterclasses import MasterclassPageFactory, PartPageFactory, VideoFactory, WatchBeatFactory
from tests.queries import assert_constant_queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return PersonFactory()


def played_part(person, *, parent=None, seconds: float = 300):
    part = PartPageFactory(parent=parent or MasterclassPageFactory(), video=VideoFactory(duration=1200))
    WatchBeatFactory(person=person, part=part, start=0, end=seconds)
    absorb(ledger.take(person=person.pk, part=part.pk), person=person, part=part, spans=[(0, seconds)])
    return part


def test_a_part_that_was_begun_is_among_what_staff_read(person):
    part = played_part(person)
    played_part(PersonFactory())

    [found] = explanations_of(person)

    assert (found.page.pk, found.complete) == (part.pk, False)
    assert found.sentence == "You have played 5 of 20 minutes; 5:00–20:00 is still to come."
    assert found.sentence == explain(person, part.contentpage_ptr)


def test_a_masterclass_of_which_a_part_is_done_says_what_is_next(person):
    series = MasterclassPageFactory()
    done, left = (PartPageFactory(parent=series) for _number in range(2))
    mark_done(person=person, page=done)

    told = {found.page.pk: found.sentence for found in explanations_of(person)}

    assert told[series.pk] == f"You have done 1 of 2 parts; next is “{left.title}”."


def test_many_are_judged_as_each_of_them_is_alone(person):
    series = MasterclassPageFactory()
    pages = [played_part(person, parent=series, seconds=seconds) for seconds in (60, 600, 1150)]
    taken_back = played_part(person, parent=series, seconds=1150)
    undo(person=person, page=taken_back)

    told = {found.page.pk: found.sentence for found in explanations_of(person)}

    assert set(told) == {series.pk, taken_back.pk, *(page.pk for page in pages)}
    for page in (*pages, taken_back, series):
        assert told[page.pk] == explain(person, page.contentpage_ptr)


def test_explaining_everything_costs_the_same_for_ten_times_as_many_parts(person):
    def grow(count: int) -> None:
        for _number in range(count):
            part = played_part(person)
            mark_done(person=person, page=PartPageFactory(parent=part.get_parent()))

    assert_constant_queries(lambda: explanations_of(person), grow, at_most=14)


def test_the_sentence_on_a_part_is_the_one_beside_the_player(person):
    part = played_part(person)

    shown = browser_of(person).get(reverse("careers:page_fragment", args=[part.pk])).content.decode()

    assert explain(person, part.contentpage_ptr) in shown
