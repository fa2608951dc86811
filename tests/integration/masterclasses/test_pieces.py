"""Videos that are long enough to be shared: what is encoded apart joins without a seam."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from jobs import actions as jobs
from jobs.models import Notice
from masterclasses import actions
from masterclasses.models import Piece, Transcode, Video
from masterclasses.transcoding import ffmpeg, files, playlists, tracks
from masterclasses.transcoding.tidying import GRACE, tidy
from masterclasses.transcoding.work import work_on_next
from tests.integration.masterclasses.outputs import folder_of, run

pytestmark = pytest.mark.django_db
#: Decibels below which a picture is another one than it should be.
ALIKE = 30


def joined(transcode: Transcode, rung: str, path: Path) -> Path:
    """A rung as a player reads it: its initialisation segment and all others."""
    folder = folder_of(transcode)
    text = (folder / f"{rung}.m3u8").read_text()
    names = [playlists.init_segment(text), *(name for name, _seconds in playlists.segments(text))]
    path.write_bytes(b"".join((folder / str(name)).read_bytes() for name in names))
    return path


@pytest.mark.parametrize("which", ["system", "bundled"])
def test_pieces_join_without_a_seam(which, long_talk, encode, settings, tmp_path):
    path = shutil.which("ffmpeg") if which == "system" else ffmpeg.bundled()
    if path is None:
        pytest.skip("this machine has no ffmpeg of its own")
    settings.FFMPEG = path

    transcode = encode(long_talk)

    assert Piece.objects.filter(role="video", wave=1).count() == 2
    for rung in ("360p", "720p"):
        text = (folder_of(transcode) / f"{rung}.m3u8").read_text()
        assert "DISCONTINUITY" not in text
        track = tracks.track(folder_of(transcode), f"{rung}.m3u8")
        assert (track["frames"], track["even"], track["start"]) == (600, True, 0)
        assert track["keys"] == [0, 120, 240, 360, 480]
        assert sum(seconds for _name, seconds in playlists.segments(text)) == pytest.approx(20.02, abs=1e-4)
    assert worst_likeness(long_talk, joined(transcode, "720p", tmp_path / "j.mp4"), tmp_path) > ALIKE


def worst_likeness(source: Path, other: Path, folder: Path) -> float:
    """The PSNR of that picture which differs most, in decibels."""
    stats = folder / "psnr.log"
    run(*("-i", str(source), "-i", str(other)), "-lavfi", f"[0:v][1:v]psnr=stats_file={stats}", "-f", "null", "-")
    return min(float(found) for found in re.findall(r"psnr_y:([\d.]+)", stats.read_text().replace("inf", "99")))


def test_the_likeness_of_films_that_are_one_picture_apart_is_low(long_talk, tmp_path):
    """The measure of the test above can tell."""
    late = tmp_path / "late.mp4"
    run("-v", "error", "-i", str(long_talk), "-vf", "tpad=start=1:start_mode=clone", "-preset", "ultrafast", str(late))
    assert worst_likeness(long_talk, late, tmp_path) < ALIKE


def test_the_first_wave_is_watchable_before_the_second_and_its_addresses_go_on_working(
    long_talk, commit, producer, client
):
    video = actions.add_video(title="Talk", file=ContentFile(long_talk.read_bytes(), "t.mp4"), user=producer)
    while not Video.objects.get().published:
        with commit():
            assert work_on_next()
    first = Transcode.objects.get()
    assert first.watchable_at
    assert not Piece.objects.filter(wave=1).exclude(status="done").exists()
    assert Piece.objects.filter(wave=2, status="waiting").count() == 2
    assert set(first.renditions.filter(form="hls").values_list("name", flat=True)) == {"360p.m3u8"}
    assert Notice.objects.get().event == "watchable"
    earlier = Video.objects.get().playback

    more = True
    while more:
        with commit():
            more = work_on_next()

    last = Transcode.objects.get()
    assert (last.status, last.watchable_at) == ("done", first.watchable_at)
    assert set(last.renditions.filter(form="hls").values_list("name", flat=True)) == {"360p.m3u8", "720p.m3u8"}
    assert sorted(Notice.objects.values_list("event", flat=True)) == ["ready", "watchable"]
    assert Video.objects.get().playback.hls != earlier.hls
    client.force_login(producer)
    assert client.get(earlier.hls).status_code == 200
    home = files.local(last.home)
    assert home
    assert {path.name for path in home.iterdir()} == {first.version, last.version}
    tidy(last.finished_at + GRACE * 2)
    assert [path.name for path in home.iterdir()] == [last.version]
    assert video.pk


def test_one_rung_is_encoded_again_while_viewers_keep_what_they_have(long_talk, encode, encode_all):
    transcode = encode(long_talk)
    before, pieces = folder_of(transcode), Piece.objects.filter(wave=2)
    attempts = {piece.pk: piece.attempts for piece in Piece.objects.filter(wave=1)}

    assert actions.retry_rung(transcode, "720p")
    assert {tuple(piece.rungs) for piece in pieces} == {("720p",)}
    assert Video.objects.get().published.folder == transcode.folder
    assert Transcode.objects.get().percent < 100
    encode_all(rounds=1)

    again = Transcode.objects.get()
    assert (again.status, again.version != before.name) == ("done", True)
    assert {piece.pk: piece.attempts for piece in Piece.objects.filter(wave=1)} == attempts
    assert set(again.renditions.filter(form="hls").values_list("name", flat=True)) == {"360p.m3u8", "720p.m3u8"}
    assert tracks.track(folder_of(again), "720p.m3u8")["frames"] == 600
    for name, same in (("360p_00000.m4s", True), ("720p_00000.m4s", False)):
        assert (before / name).samefile(folder_of(again) / name) == same


@pytest.mark.parametrize("name", ["1080p", "../360p", ""])
def test_a_rung_that_there_is_not_cannot_be_encoded_again(talk, encode, name):
    transcode = encode(talk)
    assert not actions.retry_rung(transcode, name)
    assert Transcode.objects.get().status == "done"


def test_a_failed_encode_that_is_started_again_does_only_what_was_not_done(long_talk, commit, encode_all, monkeypatch):
    from masterclasses.transcoding import pieces
    from masterclasses.transcoding.causes import EncodeFailed

    video = actions.add_video(title="Talk", file=ContentFile(long_talk.read_bytes(), "t.mp4"))
    original = pieces.make_pictures

    def break_the_second_wave(piece, *arguments):
        if piece.wave == Piece.Wave.REST:
            raise EncodeFailed("The disk is full.", try_again=False)
        original(piece, *arguments)

    monkeypatch.setitem(pieces.MAKERS, Piece.Role.VIDEO, break_the_second_wave)
    encode_all(rounds=1)
    transcode = Transcode.objects.get()
    assert (transcode.status, transcode.reason) == ("failed", "The disk is full.")
    assert Video.objects.get().published == transcode, "what was watchable stays so"
    monkeypatch.setitem(pieces.MAKERS, Piece.Role.VIDEO, original)

    assert actions.retry_transcode(video)
    encode_all(rounds=1)

    assert Transcode.objects.get().status == "done"
    assert set(Piece.objects.filter(wave=1).values_list("attempts", flat=True)) == {1}


def test_a_piece_that_is_cut_short_is_never_published(long_talk, commit, encode_all, monkeypatch):
    """The last segment of a piece is lost after ffmpeg has said that all is well."""
    video = actions.add_video(title="Talk", file=ContentFile(long_talk.read_bytes(), "t.mp4"))
    original = files.place

    def lose_a_segment(folder, name):
        for path in sorted(folder.glob("360p_*.m4s"))[-1:]:
            path.unlink()
        original(folder, name)

    monkeypatch.setattr(files, "place", lose_a_segment)
    encode_all(rounds=4)
    transcode = video.transcodes.get()
    assert (transcode.status, transcode.reason) == ("failed", "The encoder's result was incomplete.")
    assert Video.objects.get().published is None
    monkeypatch.setattr(files, "place", original)
    assert actions.retry_transcode(video)
    encode_all(rounds=1)
    assert video.transcodes.get().status == "done", "none of the doubtful pieces is used again"


def test_pieces_of_different_encoders_are_not_put_together(long_talk, encode_all, monkeypatch):
    from masterclasses.transcoding import commands

    video = actions.add_video(title="Talk", file=ContentFile(long_talk.read_bytes(), "t.mp4"))
    original = commands.h264_options

    def main_profile_in_the_second_half(rung, plan):
        options = original(rung, plan)
        halves = Piece.objects.filter(role="video", status="running", number=1)
        return [{"high": "main"}.get(word, word) if halves.exists() else word for word in options]

    monkeypatch.setattr(commands, "h264_options", main_profile_in_the_second_half)
    encode_all(rounds=4)
    transcode = video.transcodes.get()
    assert transcode.status == "failed"
    assert "different versions of ffmpeg" in transcode.reason


def test_a_replaced_file_cancels_its_pieces_and_takes_what_they_made(long_talk, talk, commit):
    video = actions.add_video(title="Talk", file=ContentFile(long_talk.read_bytes(), "t.mp4"))
    for _step in range(3):
        with commit():
            work_on_next()
    first = Transcode.objects.get()
    held = jobs.claim_next(Piece)
    assert held
    with commit():
        probe = actions.validate_source(ContentFile(talk.read_bytes(), "n.mp4"))
        video.file.save("n.mp4", ContentFile(talk.read_bytes()), save=False)
        actions.receive_source(video=video, probe=probe, original_name="n.mp4")
    assert {piece.status for piece in first.pieces.all()} == {"cancelled", "done"}
    with pytest.raises(jobs.LeaseLost):
        jobs.renew(held)
    assert not files.is_there(first.home)
