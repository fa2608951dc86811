"""What an encode does when its pieces end: decided once, and never forgotten."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from jobs import actions as jobs
from jobs.models import LeasedRow, Notice
from jobs.sweeper import sweep
from masterclasses import actions
from masterclasses.models import Piece, Transcode
from masterclasses.transcoding import stages
from masterclasses.transcoding.work import work_on_next
from tests.factories.masterclasses import PieceFactory, TranscodeFactory, parked

pytestmark = pytest.mark.django_db
FIRST, REST = Piece.Wave.FIRST, Piece.Wave.REST


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def done(piece):
    jobs.finish(jobs.claim(Piece, piece.pk), folder="somewhere")


def stage_of(transcode) -> tuple[str, bool]:
    row = fresh(transcode)
    return row.stage, row.is_parked


@pytest.fixture
def encode():
    """A parked encode with two pieces in each wave."""
    transcode = parked()
    for wave in (FIRST, REST):
        for number in range(2):
            PieceFactory(transcode=transcode, wave=wave, number=number)
    return transcode


def pieces_of(transcode, wave):
    return list(transcode.pieces.filter(wave=wave).order_by("number"))


def test_the_last_piece_of_the_first_wave_makes_the_encode_due_for_publishing(encode):
    one, other = pieces_of(encode, FIRST)
    done(one)
    assert stage_of(encode) == ("pieces", True)
    done(other)
    assert stage_of(encode) == ("publish", False)
    assert Transcode.objects.due(timezone.now()).get() == encode


def test_pieces_of_the_second_wave_alone_publish_nothing(encode):
    for piece in pieces_of(encode, REST):
        done(piece)
    assert stage_of(encode) == ("pieces", True)


def test_once_it_can_be_watched_only_the_last_piece_of_all_counts(encode):
    Transcode.objects.update(watchable_at=timezone.now())
    for piece in (*pieces_of(encode, FIRST), pieces_of(encode, REST)[0]):
        done(piece)
        assert stage_of(encode) == ("pieces", True)
    done(pieces_of(encode, REST)[1])
    assert stage_of(encode) == ("publish", False)


def test_pieces_that_end_while_the_first_wave_is_published_are_seen_when_the_encode_is_parked_again(encode):
    for piece in pieces_of(encode, FIRST):
        done(piece)
    publisher = jobs.claim(Transcode, encode.pk)
    for piece in pieces_of(encode, REST):
        done(piece)
    assert fresh(encode).status == "running"
    stages.park(publisher, watchable_at=timezone.now())
    assert stage_of(encode) == ("publish", False)


def test_a_piece_that_fails_while_the_first_wave_is_published_fails_the_encode_when_it_is_parked(encode):
    for piece in pieces_of(encode, FIRST):
        done(piece)
    publisher = jobs.claim(Transcode, encode.pk)
    jobs.fail(jobs.claim(Piece, pieces_of(encode, REST)[0].pk), reason="The decoder crashed.")
    stages.park(publisher, watchable_at=timezone.now())
    assert (fresh(encode).status, fresh(encode).reason) == ("failed", "The decoder crashed.")


def test_a_failed_piece_fails_its_encode_with_that_reason_and_cancels_its_siblings(
    encode, django_capture_on_commit_callbacks
):
    running = jobs.claim(Piece, pieces_of(encode, FIRST)[1].pk)
    with django_capture_on_commit_callbacks(execute=True):
        jobs.fail(jobs.claim(Piece, pieces_of(encode, FIRST)[0].pk), reason="The file is damaged.")
    assert (fresh(encode).status, fresh(encode).reason) == ("failed", "The file is damaged.")
    assert [piece.status for piece in Piece.objects.order_by("pk")] == ["failed", *["cancelled"] * 3]
    with pytest.raises(jobs.LeaseLost):
        jobs.renew(running, seconds_done=1)


def test_a_piece_whose_workers_die_fails_its_encode_and_tells_once(encode, django_user_model):
    encode.video.uploaded_by_user = django_user_model.objects.create_superuser(
        email="p@example.org", password="a long one"
    )
    encode.video.save()
    piece = pieces_of(encode, FIRST)[0]
    for _attempt in range(Piece.max_attempts):
        assert jobs.claim(Piece, piece.pk)
        Piece.objects.filter(pk=piece.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
        sweep()
    assert "stopped 3 times" in fresh(encode).reason
    assert Notice.objects.get().event.startswith("failed")


@pytest.mark.parametrize("who", ["encode", "piece"])
def test_a_cancelled_encode_has_no_piece_left_open(encode, who, django_capture_on_commit_callbacks):
    """Be it that somebody cancels the encode, or one of its pieces on the Jobs page."""
    row = encode if who == "encode" else pieces_of(encode, FIRST)[0]
    with django_capture_on_commit_callbacks(execute=True):
        assert jobs.cancel(row, reason="Cancelled by somebody.")
    assert fresh(encode).status == "cancelled"
    assert not Piece.objects.open().exists()


def test_a_piece_that_was_left_open_ends_when_a_worker_takes_it(encode):
    """The worker that cancelled the encode died before it could cancel the pieces."""
    Transcode.objects.update(status="cancelled")
    assert work_on_next()
    assert Piece.objects.filter(status="cancelled", reason__contains="has ended").count() == 1


def test_starting_a_failed_encode_again_keeps_what_is_done(encode, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(stages.files, "is_there", lambda name: True)
    one, other = pieces_of(encode, FIRST)
    done(one)
    with django_capture_on_commit_callbacks(execute=True):
        jobs.fail(jobs.claim(Piece, other.pk), reason="The disk is full.")
    assert actions.retry_transcode(encode.video)
    assert work_on_next()
    assert stage_of(encode) == ("pieces", True)
    assert (fresh(one).status, fresh(one).attempts) == ("done", 1)
    assert {(piece.status, piece.attempts) for piece in Piece.objects.exclude(pk=one.pk)} == {("waiting", 0)}


def test_what_is_done_but_no_longer_there_is_done_again(encode, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(stages.files, "is_there", lambda name: False)
    one, other = pieces_of(encode, FIRST)
    done(one)
    with django_capture_on_commit_callbacks(execute=True):
        jobs.fail(jobs.claim(Piece, other.pk), reason="The disk is full.")
    actions.retry_transcode(encode.video)
    work_on_next()
    assert (fresh(one).status, fresh(one).folder) == ("waiting", "")


def test_a_piece_started_again_by_hand_takes_its_encode_along(encode, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        jobs.fail(jobs.claim(Piece, pieces_of(encode, FIRST)[0].pk), reason="The disk is full.")
    assert jobs.start_again(Piece.objects.get(status="failed"))
    assert fresh(encode).status == "waiting"
    work_on_next()
    assert stage_of(encode) == ("pieces", True)
    assert Piece.objects.waiting().count() == 4


def test_workers_take_planning_and_publishing_before_pieces_and_pieces_by_rank(encode, monkeypatch):
    now = timezone.now()
    for minutes, piece in zip((30, 10, 20, 40), Piece.objects.order_by("pk"), strict=True):
        Piece.objects.filter(pk=piece.pk).update(rank=now - timedelta(minutes=minutes))
    due = TranscodeFactory()
    taken = []
    monkeypatch.setattr("masterclasses.transcoding.work.run_claimed", lambda row, work: taken.append(row))
    while work_on_next():
        pass
    by_rank = list(Piece.objects.order_by("rank"))
    assert taken == [due, *by_rank]


def test_an_encode_whose_pieces_wait_or_are_encoded_never_says_that_it_waits_for_the_year_9999(encode):
    assert encode.status_words() == "Its pieces wait"
    encode.seconds_done = 3
    assert encode.status_words() == "Encoding in pieces"
    assert encode.under_way


@pytest.mark.django_db(transaction=True)
def test_of_two_last_pieces_that_end_at_the_same_moment_one_makes_the_encode_due(encode):
    """Both transactions are open before either commits; on SQLite one waits for the other from the beginning."""
    claimed = [jobs.claim(Piece, piece.pk) for piece in pieces_of(encode, FIRST)]
    together = threading.Barrier(2, timeout=10)

    def finish(piece) -> None:
        try:
            if connection.vendor == "postgresql":
                with transaction.atomic():
                    connection.cursor().execute("SELECT 1")
                    together.wait()
                    jobs.finish(piece)
            else:
                together.wait()
                jobs.finish(piece)
        finally:
            connection.close()

    threads = [threading.Thread(target=finish, args=[piece]) for piece in claimed]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert Piece.objects.filter(wave=FIRST, status=LeasedRow.Status.DONE).count() == 2
    assert stage_of(encode) == ("publish", False)
