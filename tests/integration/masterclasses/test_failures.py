"""Encodes that do not work: each ends with a reason that a person understands, told once."""

from __future__ import annotations

import stat
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from jobs import actions as jobs
from jobs.models import Notice
from jobs.sweeper import sweep
from masterclasses import actions
from masterclasses.models import Piece, Transcode, Video
from masterclasses.transcoding import files, heartbeat, patience, pieces, sandbox
from masterclasses.transcoding.work import encode, work_on_next
from tests.factories.masterclasses import film

pytestmark = pytest.mark.django_db


@pytest.fixture
def video(talk, producer):
    return actions.add_video(title="The talk", file=ContentFile(talk.read_bytes(), "talk.mp4"), user=producer)


@pytest.fixture
def ffmpeg(settings, tmp_path, monkeypatch):
    """Put a shell script in ffmpeg's place; it counts its starts in `starts`, for which it may have no walls."""
    monkeypatch.setattr(sandbox, "bubblewrap", lambda: "")

    def put(script: str) -> Path:
        path, starts = tmp_path / "ffmpeg", tmp_path / "starts"
        starts.touch()
        asked = 'case "$1" in -version|-hide_banner) exit 0;; esac'
        path.write_text(f"#!/bin/sh\n{asked}\necho start >> {starts}\n{script}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        settings.FFMPEG = str(path)
        return starts

    return put


def starts_of(path: Path) -> int:
    return len(path.read_text().splitlines())


def test_a_decoder_that_crashes_every_time_is_tried_three_times_and_told_once(video, ffmpeg, encode_all, producer):
    starts = ffmpeg("kill -SEGV $$")
    encode_all(rounds=5)
    transcode = video.transcodes.get()
    assert transcode.status == "failed"
    assert {piece.status for piece in transcode.pieces.all()} == {"failed", "cancelled"}
    assert sum(piece.attempts for piece in transcode.pieces.all()) == starts_of(starts)
    assert max(piece.attempts for piece in transcode.pieces.all()) == 3
    assert "crashed" in transcode.reason
    notice = Notice.objects.get()
    assert (notice.recipient, notice.event.split()[0], notice.level) == (producer, "failed", "bad")
    assert "crashed" in notice.message
    assert notice.url == f"/admin/videos/{video.pk}/retry/"
    assert not default_storage.exists(transcode.home)


def test_a_good_video_behind_a_bad_one_is_encoded(video, ffmpeg, settings, encode_all, talk):
    ffmpeg("kill -SEGV $$")
    encode_all()
    settings.FFMPEG = ""
    good = actions.add_video(title="Good", file=ContentFile(talk.read_bytes(), "good.mp4"))
    encode_all(rounds=1)
    assert good.transcodes.get().status == "done"


def test_a_hanging_encoder_is_stopped(video, ffmpeg, encode_all, monkeypatch):
    ffmpeg("sleep 100")
    monkeypatch.setattr(patience.Patience, "for_video", classmethod(lambda cls, s: cls(whole=30, still=0.3)))
    encode_all(rounds=4)
    transcode = video.transcodes.get()
    assert transcode.status == "failed"
    assert "no progress" in transcode.reason


def test_what_ffmpeg_calls_damaged_is_not_tried_again(video, ffmpeg, encode_all):
    starts = ffmpeg("echo 'moov atom not found' >&2; exit 1")
    encode_all()
    transcode = video.transcodes.get()
    assert (transcode.status, starts_of(starts)) == ("failed", 1)
    assert [piece.status for piece in transcode.pieces.order_by("pk")] == ["failed", "cancelled", "cancelled"]
    assert "damaged" in transcode.reason


def test_an_encoder_that_claims_success_without_outputs_is_not_believed(video, ffmpeg, encode_all):
    ffmpeg("exit 0")
    encode_all()
    transcode = video.transcodes.get()
    assert (transcode.status, transcode.reason) == ("failed", "The encoder's result was incomplete.")
    assert video.published is None


def test_a_source_that_breaks_off_is_never_ready(producer, tmp_path, encode_all):
    whole = film(tmp_path / "whole.mp4", seconds=6, sound=False, options=("-movflags", "+faststart")).read_bytes()
    video = actions.add_video(title="Cut", file=ContentFile(whole[: len(whole) // 2], "cut.mp4"), user=producer)
    encode_all()
    transcode = video.transcodes.get()
    assert transcode.status == "failed"
    assert "breaks off" in transcode.reason or "damaged" in transcode.reason


def test_a_source_that_is_gone_says_so(video, encode_all):
    default_storage.delete(video.file.name)
    encode_all()
    assert "no longer in the library" in video.transcodes.get().reason


def test_a_full_disk_stops_nothing_but_the_encode(video, encode_all, monkeypatch):
    monkeypatch.setattr(files, "free_bytes", lambda: 1000)
    encode_all(rounds=4)
    assert "no room left" in video.transcodes.get().reason


def test_a_video_that_is_replaced_meanwhile_ends_with_the_new_file_and_one_notice(
    video, talk, upload_of, desk, encode_all, monkeypatch
):
    """The file is replaced while a piece of its encode is under way."""
    first = video.transcodes.get()
    original = pieces.run

    def replace_once(piece, *arguments, **options):
        if piece.transcode_id == first.pk:
            desk.post(f"/admin/media/edit/{video.pk}/", {"title": "Talk", "file": upload_of(talk, "second.mp4")})
        return original(piece, *arguments, **options)

    monkeypatch.setattr(pieces, "run", replace_once)
    encode_all()
    first.refresh_from_db()
    video.refresh_from_db()
    assert first.status == "cancelled"
    assert video.published.source_name == video.file.name
    assert Notice.objects.count() == 1
    assert not default_storage.exists(first.home)


def test_a_video_that_is_deleted_meanwhile_leaves_nothing(video, desk, commit, encode_all, monkeypatch):
    transcode, source = video.transcodes.get(), video.file.name
    original = pieces.run

    def delete_first(*arguments, **options):
        with commit():
            desk.post(f"/admin/media/delete/{video.pk}/")
        return original(*arguments, **options)

    monkeypatch.setattr(pieces, "run", delete_first)
    encode_all(rounds=1)
    assert not Video.objects.exists()
    assert not Notice.objects.exists()
    assert not default_storage.exists(transcode.home)
    assert not default_storage.exists(source)


def test_a_cancelled_encode_stops_ffmpeg_at_once_and_leaves_no_folder(video, ffmpeg, commit, monkeypatch):
    ffmpeg("while true; do echo out_time_us=100000; sleep 0.1; done")
    transcode = video.transcodes.get()
    real = heartbeat.beating

    def beating(row):
        beat, calls = real(row), []

        def listen(seconds):
            calls.append(seconds)
            if len(calls) == 3:
                with commit():
                    jobs.cancel(Transcode.objects.get(pk=transcode.pk), reason="Not wanted any more.")
            beat(seconds)

        return listen

    monkeypatch.setattr(heartbeat, "beating", beating)
    monkeypatch.setattr(heartbeat, "BEAT", timedelta(0))
    encode(transcode.pk)
    began = time.monotonic()
    assert work_on_next()
    assert time.monotonic() - began < 10
    transcode.refresh_from_db()
    assert (transcode.status, transcode.reason) == ("cancelled", "Not wanted any more.")
    assert {piece.status for piece in transcode.pieces.all()} == {"cancelled"}
    assert not work_on_next()
    assert not default_storage.exists(transcode.home)


def test_a_worker_that_died_is_replaced_and_its_attempt_swept_away(video, encode_all):
    transcode = video.transcodes.get()
    encode(transcode.pk)
    piece = jobs.claim_next(Piece)
    stray = files.local(transcode.home) / f"attempt-piece-{piece.pk}-{piece.claim_token}"
    stray.mkdir(parents=True)
    (stray / "360p.m3u8").write_text("half")
    Piece.objects.filter(pk=piece.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    sweep()
    encode_all(rounds=1)
    transcode.refresh_from_db()
    piece.refresh_from_db()
    assert (transcode.status, piece.status, piece.attempts) == ("done", "done", 2)
    assert sum(other.attempts for other in transcode.pieces.all()) == transcode.pieces.count() + 1
    assert [path.name for path in files.local(transcode.home).iterdir()] == [transcode.folder.rpartition("/")[2]]


def test_an_editors_retry_starts_again(video, ffmpeg, settings, desk, encode_all):
    ffmpeg("kill -SEGV $$")
    encode_all()
    settings.FFMPEG = ""
    assert desk.get(f"/admin/videos/{video.pk}/retry/").status_code == 200
    assert video.transcodes.get().status == "failed"
    answer = desk.post(f"/admin/videos/{video.pk}/retry/", follow=True)
    assert "will be encoded again" in answer.content.decode()
    encode_all()
    assert video.transcodes.get().status == "done"
