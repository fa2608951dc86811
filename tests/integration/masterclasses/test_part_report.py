"""The chapter report of a part."""

from __future__ import annotations

import pytest
from django.urls import reverse

from masterclasses.models import PartChapter
from tests.factories.accounts import PersonFactory, browser_of
from tests.factories.masterclasses import PartPageFactory, VideoFactory, WatchCoverageFactory
from tests.queries import assert_constant_queries, fetch

pytestmark = pytest.mark.django_db


@pytest.fixture
def part():
    return PartPageFactory(video=VideoFactory(duration=600))


@pytest.fixture
def address(part):
    return reverse("videos:part_report", args=[part.pk])


@pytest.fixture
def editor():
    return browser_of(PersonFactory(groups=["Editors"]))


def test_it_shows_in_bands_how_many_reach_each_piece(part, address, editor):
    WatchCoverageFactory.create_batch(6, part=part, spans=[[0, 600]])
    WatchCoverageFactory.create_batch(5, part=part, spans=[[0, 100]])

    page = editor.get(address).content.decode()

    assert 'role="img"' in page
    assert "10–14" in page
    assert "5–9" in page
    assert "9:00" in page


def test_the_same_bands_come_as_csv(part, address, editor):
    WatchCoverageFactory.create_batch(6, part=part, spans=[[0, 600]])
    WatchCoverageFactory.create_batch(5, part=part, spans=[[0, 100]])
    PartChapter.objects.create(part=part, start=0, title="=1+1")
    PartChapter.objects.create(part=part, start=300, title="Later")

    answer = editor.get(address, {"export": "csv"})
    lines = answer.getvalue().decode().splitlines()

    assert answer["Content-Disposition"] == f'attachment; filename="chapters-{part.slug}.csv"'
    assert lines == ["Chapter,People", "Began it,10–14", "0:00 =1+1,10–14", "5:00 Later,5–9"]
    assert "?export=csv" in editor.get(address).content.decode()


def test_a_csv_of_too_few_people_tells_nothing_either(part, address, editor):
    WatchCoverageFactory.create_batch(4, part=part, spans=[[0, 600]])
    assert editor.get(address, {"export": "csv"}).getvalue().decode().splitlines()[1:] == ["Began it,fewer than 5"]


def test_of_too_few_people_nothing_is_told(part, address, editor):
    WatchCoverageFactory.create_batch(4, part=part, spans=[[0, 600]])
    page = editor.get(address).content.decode()
    assert "Fewer than 5 people have begun this part" in page
    assert "<svg viewBox" not in page


@pytest.mark.parametrize("pk", [987_654, 10**30])
def test_a_part_that_is_not_there_has_none(pk, editor):
    assert editor.get(f"/admin/videos/parts/{pk}/").status_code == 404


def test_it_is_for_those_who_may_see_reports(address):
    assert browser_of(PersonFactory(groups=["Video producers"])).get(address).status_code == 302


def test_it_costs_the_same_however_many_people_watch(part, address, editor):
    assert_constant_queries(
        fetch(address, editor),
        lambda count: WatchCoverageFactory.create_batch(count, part=part, spans=[[0, 600]]),
        at_most=25,
    )
