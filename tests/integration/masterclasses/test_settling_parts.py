"""When a film, its credits or a series changes, those who have done enough by now are not kept waiting."""

from __future__ import annotations

import pytest
from django.utils import timezone

from careers.actions import mark_done, undo
from careers.models import Completion, PageSettlement
from careers.progress.asking import ask_of_pages
from careers.progress.settling import settle_due
from careers.progress.verifying import verify
from masterclasses.models import PartPage, Video, WatchCoverage
from masterclasses.signals import encode_done
from tests.factories.accounts import PersonFactory
from tests.factories.masterclasses import MasterclassPageFactory, PartPageFactory, TranscodeFactory, VideoFactory
from tests.integration.masterclasses.test_judging import play
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
#: The parts, who is near to any of them, and the rows that are made, counted up and opened, between two savepoints.
ASKING = 7


@pytest.fixture
def part():
    return PartPageFactory(video=VideoFactory(duration=1200))


def done(reader, page) -> bool:
    return Completion.objects.filter(person=reader, page=page.pk).exists()


def move_credits(part, to: int | None) -> None:
    part.refresh_from_db()
    part.credits_start = to
    part.save_revision().publish()


def test_credits_that_begin_earlier_complete_the_part_for_who_has_seen_enough(reader, part):
    near, far = reader, PersonFactory()
    play(near, part, (0, 1000))
    play(far, part, (0, 500))

    move_credits(part, 1050)
    settle_due()

    assert (done(near, part), done(far, part)) == (True, False)
    assert WatchCoverage.objects.get(person=near).watched_at
    assert verify().total == 0


def test_credits_that_begin_later_again_take_nothing_away(reader, part):
    play(reader, part, (0, 1000))
    for to in (1050, None):
        move_credits(part, to)
        settle_due()

    assert done(reader, part)
    assert verify().total == 0


def test_what_was_taken_back_stays_so(reader, part):
    play(reader, part, (0, 1100))
    undo(person=reader, page=part)

    move_credits(part, 1050)
    settle_due()

    assert not done(reader, part)


def test_a_shorter_film_completes_the_part_for_who_has_seen_enough_of_it(reader, part):
    play(reader, part, (0, 1000))
    encode = TranscodeFactory(
        video=part.video,
        status="done",
        source_name=str(part.video.file.name),
        seconds_total=1040,
        watchable_at=timezone.now(),
    )
    Video.objects.filter(pk=part.video_id).update(duration=1040)

    encode_done.send(sender=type(encode), transcode=encode)
    settle_due()

    assert done(reader, part)
    assert verify().total == 0


def test_a_part_that_goes_completes_the_series_for_who_has_done_the_others(reader):
    series = MasterclassPageFactory()
    first, last = (PartPageFactory(parent=series) for _number in range(2))
    mark_done(person=reader, page=first)

    last.unpublish()
    settle_due()

    assert Completion.objects.get(person=reader, page=series.pk).how == "parts"
    assert verify().total == 0


def test_a_part_that_is_deleted_does_so_too(reader, django_capture_on_commit_callbacks):
    series = MasterclassPageFactory()
    first, last = (PartPageFactory(parent=series) for _number in range(2))
    mark_done(person=reader, page=first)

    with django_capture_on_commit_callbacks(execute=True):
        last.delete()
    settle_due()

    assert done(reader, series)


def test_a_part_that_nobody_has_begun_is_no_work(part):
    move_credits(part, 600)
    assert not PageSettlement.objects.exists()


@pytest.mark.parametrize("others", [0, 9])
def test_one_film_on_many_parts_is_asked_of_in_as_many_queries_as_on_one(reader, part, others):
    """All of them are open at once, as far as anybody is near: here the first, and one of the others."""
    parts = [part, *PartPageFactory.create_batch(others, video=part.video)]
    begun = {parts[0].pk, parts[-1].pk}
    for one in begun:
        play(reader, PartPage.objects.get(pk=one), (0, 100))

    sent = queries_of(lambda: ask_of_pages(PartPage.objects.filter(video=part.video)))

    assert len(sent) == ASKING
    assert set(PageSettlement.objects.values_list("page", flat=True)) == begun
