"""What was played without an account comes along at sign-in, once, and only as far as it can be true."""

from __future__ import annotations

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from careers.models import Completion
from careers.progress.sections import registered
from masterclasses.models import WatchBeat, WatchCoverage
from masterclasses.watching.counting import recount
from tests.factories.masterclasses import PartPageFactory, VideoFactory, WatchCoverageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def part():
    return PartPageFactory(title="Reading an offer", video=VideoFactory(duration=600))


def row(part, *spans, hours=1.0, **other):
    at = (timezone.now().timestamp() - hours * 3600) * 1000
    return {"id": str(part.pk), "part": part.pk, "spans": [list(span) for span in spans], "at": at} | other


def section():
    return registered()["coverage"]


def test_what_a_browser_has_kept_is_taken_over_and_taking_it_twice_changes_nothing(reader, part):
    rows = [row(part, (0, 100), (200, 300))]
    assert section().preview(reader, rows) == ["“Reading an offer”: You have played 3 of 10 minutes."]

    assert section().take(reader, rows) == 1
    assert section().take(reader, rows) == 0

    coverage = WatchCoverage.objects.get(person=reader)
    assert coverage.spans == [[0, 100], [200, 300]]
    assert WatchBeat.objects.filter(session=WatchBeat.BROWSER).count() == 2
    assert section().preview(reader, rows) == []
    assert recount(person=reader.pk, part=part.pk) is False


def test_what_is_new_is_added_to_what_the_account_has(reader, part):
    section().take(reader, [row(part, (0, 100))])
    assert section().take(reader, [row(part, (50, 150))]) == 1
    assert WatchCoverage.objects.get(person=reader).spans == [[0, 150]]
    assert recount(person=reader.pk, part=part.pk) is False


def test_what_completes_a_part_completes_it_here_too(reader, part):
    section().take(reader, [row(part, (0, 560))])
    assert Completion.objects.get(person=reader, page=part).how == "watched"


def test_more_than_there_was_time_for_is_dropped_whole(reader, part):
    assert section().take(reader, [row(part, (0, 600), hours=1 / 60)]) == 0
    assert section().take(reader, [row(part, (0, 600), hours=-5)]) == 0
    assert not WatchCoverage.objects.exists()


def test_what_is_behind_the_end_is_cut_off(reader, part):
    section().take(reader, [row(part, (590, 1e12))])
    assert WatchCoverage.objects.get().spans == [[590, 600]]


@pytest.mark.parametrize(
    "bad",
    [
        {"part": "1"},
        {"part": None},
        {"part": 10**30},
        {"part": float("nan")},
        {"spans": "0-10"},
        {"spans": [["0", "10"]]},
        {"spans": [[0]]},
        {"spans": [[float("nan"), 5], [5, float("inf")], [-1, 5], [9, 3]]},
        {"spans": []},
        {"at": "yesterday"},
        {"at": None},
    ],
)
def test_what_is_no_row_is_dropped(reader, part, bad):
    assert section().take(reader, [row(part, (0, 10)) | bad]) == 0
    assert section().take(reader, [{}]) == 0
    assert not WatchBeat.objects.exists()


def test_a_part_that_the_person_may_not_see_is_left_out(reader, part):
    hidden = PartPageFactory(video=VideoFactory(duration=600))
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.GROUPS)
    gone = PartPageFactory(video=VideoFactory(duration=600))
    gone.unpublish()
    assert section().take(reader, [row(hidden, (0, 10)), row(gone, (0, 10)), row(part, (0, 10))]) == 1
    assert WatchCoverage.objects.get().part_id == part.pk


def test_the_preview_costs_the_same_however_many_parts_there_are(reader, part, django_assert_max_num_queries):
    parts = [part, *(PartPageFactory(parent=part.get_parent(), video=VideoFactory(duration=600)) for _n in range(5))]
    WatchCoverageFactory(person=reader, part=part, spans=[[0, 5]])
    with django_assert_max_num_queries(6):
        assert len(section().preview(reader, [row(each, (0, 100)) for each in parts])) == 6
