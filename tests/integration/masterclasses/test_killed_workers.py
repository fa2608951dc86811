"""Real workers that are killed while ffmpeg runs: nothing is lost or left behind, and one notice is written."""

from __future__ import annotations

import os
import signal
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from jobs.models import Notice
from jobs.registry import kind_of
from jobs.sweeper import sweep
from jobs.wakeups import wake
from masterclasses.actions import add_video
from masterclasses.models import Piece, Transcode
from masterclasses.transcoding import files
from masterclasses.transcoding.probe import probe_file
from tests.factories.masterclasses import film, looped
from tests.processes import eventually, publish_to_workers, running, suite_environment

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
WORKER = ["celery", "-A", "portal", "worker", "-Q", "transcode", "-c", "1", "--without-gossip", "-l", "INFO"]


@pytest.fixture
def environment(tmp_path, monkeypatch) -> dict[str, str]:
    """A worker's environment on this test's database and media, and this process publishing to its broker."""
    publish_to_workers("transcode", tmp_path, monkeypatch)
    return suite_environment(tmp_path)


def encoders_of(source: str) -> list[int]:
    """The living processes, ffmpeg or what starts it, that have the source on their command line."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes()
            state = (path.parent / "stat").read_text().rsplit(")", 1)[1].split()[0]
        except OSError:
            continue
        if source.encode() in words and b"ffmpeg" in words and state != "Z":
            found.append(int(path.parent.name))
    return found


def pool_process_of(worker: int) -> int:
    children = (Path(f"/proc/{worker}/task") / str(worker) / "children").read_text().split()
    return int(children[0])


def wait_until_it_encodes(pk: int) -> None:
    under_way = Piece.objects.filter(transcode=pk, role="video", status="running", seconds_done__gt=0)
    assert eventually(under_way.exists, every=0.05)


def let_the_lease_run_out(piece: Piece) -> None:
    over = timezone.now() - timedelta(seconds=1)
    assert Piece.objects.filter(pk=piece.pk, claim_token=piece.claim_token).update(lease_until=over) == 1
    sweep()


def test_a_video_whose_workers_are_killed_becomes_ready_and_tells_each_change_once(
    environment, tmp_path, django_user_model
):
    source = film(tmp_path / "talk.mp4", seconds=20, size="1280x720")
    person = django_user_model.objects.create_user(email="producer@example.org", password="a long one")
    video = add_video(title="Talk", file=ContentFile(source.read_bytes(), "talk.mp4"), user=person)
    transcode = video.transcodes.get()
    name = Path(video.file.name).name

    with running(WORKER, environment, tmp_path / "first.log") as worker:
        wake(kind_of(Transcode), transcode.pk)
        wait_until_it_encodes(transcode.pk)
        os.killpg(worker.pid, signal.SIGKILL)
        assert eventually(lambda: not encoders_of(name), within=2, every=0.05)
    let_the_lease_run_out(Piece.objects.get(transcode=transcode, status="running"))

    with running(WORKER, environment, tmp_path / "second.log") as worker:
        wake(kind_of(Piece))
        wait_until_it_encodes(transcode.pk)
        held = Piece.objects.get(transcode=transcode, status="running")
        before = set(encoders_of(name))
        os.kill(pool_process_of(worker.pid), signal.SIGKILL)
        # The worker has a new process at once, which may take another piece.
        assert eventually(lambda: before.isdisjoint(encoders_of(name)), within=2, every=0.05)
        let_the_lease_run_out(held)
        wake(kind_of(Piece))
        assert eventually(lambda: Transcode.objects.filter(pk=transcode.pk, status="done").exists(), within=120)

    transcode.refresh_from_db()
    pieces = list(transcode.pieces.all())
    assert sum(piece.attempts for piece in pieces) == len(pieces) + 2, "a killed worker costs one piece"
    assert sorted(Notice.objects.filter(recipient=person).values_list("event", flat=True)) == ["ready", "watchable"]
    folder = files.local(transcode.folder)
    assert probe_file(folder / "video.mp4").seconds == pytest.approx(20, abs=0.5)
    assert not list(folder.parent.glob("attempt-*"))
    assert not list(folder.parent.glob("piece-*"))
    assert not encoders_of(name)


def test_a_worker_that_is_stopped_in_good_order_gives_its_video_back(environment, tmp_path):
    source = looped(film(tmp_path / "talk.mp4", seconds=10, size="1280x720"), times=20)  # outlasts the grace of a stop
    transcode = add_video(title="Talk", file=ContentFile(source.read_bytes(), "talk.mp4")).transcodes.get()
    with running(WORKER, environment, tmp_path / "worker.log") as worker:
        wake(kind_of(Transcode), transcode.pk)
        wait_until_it_encodes(transcode.pk)
        worker.send_signal(signal.SIGQUIT)
        worker.wait(60)
    transcode.refresh_from_db()
    assert transcode.is_parked, transcode.stage
    pieces = transcode.pieces.all()
    assert {(piece.status, piece.attempts) for piece in pieces} == {("waiting", 0), ("done", 1)}
    assert pieces.filter(status="waiting", role="video").exists()
    assert not encoders_of(Path(transcode.source_name).name)
    kept = {piece.folder.rpartition("/")[2] for piece in pieces if piece.folder}
    assert {path.name for path in files.local(transcode.home).glob("piece-*")} == kept
    assert not list(files.local(transcode.home).glob("attempt-*"))
