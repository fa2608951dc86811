"""How far those get who begin a part."""

from __future__ import annotations

import pytest

from masterclasses.models import PartChapter
from masterclasses.watching.audience import drop_off
from tests.factories.masterclasses import PartPageFactory, VideoFactory, WatchCoverageFactory
from tests.queries import assert_constant_queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def part():
    return PartPageFactory(video=VideoFactory(duration=600))


def test_each_chapter_says_how_many_people_have_played_some_of_it(part):
    for start, title in ((300, "Terms"), (0, "Adverts"), (480, "Signing")):
        PartChapter.objects.create(part=part, start=start, title=title)
    for spans in ([[0, 120]], [[0, 290], [310, 330]], [[0, 301.5], [599, 605]], []):
        WatchCoverageFactory(part=part, spans=spans)
    WatchCoverageFactory(spans=[[0, 600]])

    found = drop_off(part)

    assert found.began == 3
    assert [(each.title, each.start, each.end, each.people) for each in found.chapters] == [
        ("Adverts", 0, 300, 3),
        ("Terms", 300, 480, 2),
        ("Signing", 480, 600, 1),
    ]


def test_a_part_without_chapters_is_told_in_tenths(part):
    WatchCoverageFactory(part=part, spans=[[0, 150]])
    assert [each.people for each in drop_off(part).chapters] == [1, 1, 1, *[0] * 7]


def test_a_part_without_a_video_has_no_chapters():
    assert drop_off(PartPageFactory()).chapters == ()


def test_it_costs_the_same_however_many_people_watch(part):
    assert_constant_queries(
        lambda: drop_off(type(part).objects.get(pk=part.pk)),
        lambda count: WatchCoverageFactory.create_batch(count, part=part),
        at_most=6,
    )
