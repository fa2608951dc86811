"""What forecasts and places in the queue are made of: the rows as they are."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from jobs.actions import start_again
from masterclasses.models import Transcode
from masterclasses.signals import encode_planned
from masterclasses.status.backlog import Backlog, accuracy, progress_of, remember_forecast
from tests.factories.masterclasses import PieceFactory, TranscodeFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
NEVER = Transcode.PARKED_UNTIL


@pytest.fixture
def history():
    """Two workers at once, one unit of cost a second each; publishing took ten seconds."""
    now = timezone.now()
    old = TranscodeFactory(status="done", seconds_total=120, finished_at=now + timedelta(seconds=10))
    for number in range(2):
        began = now - timedelta(seconds=60)
        PieceFactory(transcode=old, number=number, status="done", cost=60, started_at=began, finished_at=now)
    return old


def parked(**fields) -> Transcode:
    row: Transcode = TranscodeFactory.create(stage="pieces", next_try_at=NEVER, **fields)
    return row


def seconds_until(moment) -> float:
    return (moment - timezone.now()).total_seconds()


def test_history_is_read_from_what_was_encoded(history):
    known = Backlog().history

    assert (known.speed, known.workers, known.publishing) == ({"video": 1.0}, 2, 10)


def test_the_first_wave_is_foretold_apart_from_the_rest(history):
    row = parked()
    PieceFactory(transcode=row, cost=100)
    PieceFactory(transcode=row, wave=2, cost=400)

    forecast = Backlog().forecasts[row.pk]

    assert seconds_until(forecast.watchable_at) == pytest.approx(110, abs=2)
    assert seconds_until(forecast.done_at) == pytest.approx(410, abs=2)


def test_the_queue_goes_by_rank_and_not_by_age(history):
    now = timezone.now()
    long, short = parked(), parked()
    PieceFactory(transcode=long, cost=1000, rank=now + timedelta(hours=2))
    PieceFactory(transcode=short, cost=10, rank=now + timedelta(minutes=1))

    assert Backlog().places == {short.pk: 1, long.pk: 2}


def test_what_has_begun_has_no_place(history):
    begun, waiting = parked(), parked()
    PieceFactory(transcode=begun, status="done")
    PieceFactory(transcode=begun, number=1)
    PieceFactory(transcode=waiting)

    assert Backlog().places == {waiting.pk: 1}


def test_an_encode_that_is_not_planned_yet_is_foretold_by_what_is_usual(history):
    row = TranscodeFactory(seconds_total=100)

    forecast = Backlog().forecasts[row.pk]

    assert seconds_until(forecast.done_at) == pytest.approx(110, abs=2)


def test_without_history_nothing_is_foretold_and_places_are_known_still():
    first, second = TranscodeFactory(), TranscodeFactory()

    assert Backlog().forecasts == {}
    assert Backlog().places == {first.pk: 1, second.pk: 2}


def test_what_was_foretold_at_first_is_kept(history):
    row = parked()
    piece = PieceFactory(transcode=row, cost=100)
    encode_planned.send(sender=Transcode, transcode=row)
    row.refresh_from_db()
    kept = row.expected_done_at
    assert seconds_until(kept) == pytest.approx(110, abs=2)

    piece.cost = 10_000
    piece.save()
    remember_forecast(row)

    row.refresh_from_db()
    assert row.expected_done_at == kept


@pytest.mark.parametrize("which", ["encode", "piece"])
def test_a_second_try_from_the_jobs_page_is_not_compared_with_what_was_foretold_of_the_first(history, which):
    foretold = {"expected_watchable_at": timezone.now(), "expected_done_at": timezone.now()}
    row = TranscodeFactory(status="failed", reason="Damaged.", **foretold)
    piece = PieceFactory(transcode=row, status="failed", reason="Damaged.")

    assert start_again(row if which == "encode" else piece)

    row.refresh_from_db()
    assert (row.status, row.expected_watchable_at, row.expected_done_at) == ("waiting", None, None)


def test_an_encode_without_a_forecast_is_not_compared():
    for _number in range(5):
        PieceFactory(transcode=TranscodeFactory(status="done", finished_at=timezone.now()), status="done")

    assert accuracy() is None


def test_progress_counts_what_is_done_of_the_cost():
    row = parked()
    PieceFactory(transcode=row, status="done", cost=100)
    PieceFactory(transcode=row, number=1, cost=300, seconds=10, seconds_done=20)
    PieceFactory(transcode=row, number=2, cost=100, status="cancelled")

    progress = progress_of([row.pk])[row.pk]

    assert (progress.total, progress.done, progress.begun) == (400, 400, True)
    assert progress.percent == 99, "100 is kept for what is published"


def test_a_backlog_costs_the_same_however_long_it_is(history):
    def look() -> None:
        backlog = Backlog()
        assert backlog.forecasts
        assert backlog.places

    def grow(count: int) -> None:
        for _number in range(count):
            PieceFactory(transcode=parked())
            TranscodeFactory()

    grow(2)
    before = len(queries_of(look))
    grow(18)

    assert len(queries_of(look)) == before <= 8
