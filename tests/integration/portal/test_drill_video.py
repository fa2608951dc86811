"""The drill of the video pipeline: it keeps to scratch data, finds what is wrong, and passes on this machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from jobs.models import Mail, Notice
from masterclasses.models import Video
from portal.drills import checks
from portal.drills.outputs import flaws_of
from tests.architecture.source import ROOT
from tests.factories.accounts import AdminFactory
from tests.factories.masterclasses import TranscodeFactory, VideoFactory, film, publish
from tests.processes import embedded_environment, redis_of_the_suite


@pytest.mark.processes
def test_ten_kills_lose_nothing_double_nothing_and_leave_nothing(tmp_path, migrated):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    servers = redis_of_the_suite()
    if os.environ.get("DATABASE_URL"):
        servers["DATABASE_URL"] = os.environ["DATABASE_URL"]
    command = [sys.executable, "manage.py", "drill", "video", "--kills", "10", "--videos", "3", "--json", *migrated]

    ended = subprocess.run(
        command,
        cwd=ROOT,
        env=embedded_environment(tmp_path, TMPDIR=str(temporary), **servers),
        capture_output=True,
        text=True,
        timeout=900,
    )

    assert ended.stdout, ended.stderr
    result = json.loads(ended.stdout)
    assert [check for check in result["checks"] if check["violations"]] == [], f"seed {result['seed']}\n{ended.stderr}"
    assert (ended.returncode, result["passed"]) == (0, True)
    assert sum(result["kills"].values()) == 10
    assert result["ready"] + result["failed"] == result["videos"] >= 3
    assert list(temporary.glob("portal-drill-*")) == []
    assert not (tmp_path / "portal.sqlite3").exists(), "the installation's own database was touched"


@pytest.mark.parametrize("arguments", [["--kills", "-1"], ["--videos", "0"], ["--workers", "0"], ["--patience", "0"]])
def test_numbers_that_make_no_sense_are_refused(arguments):
    from django.core.management import CommandError, call_command

    with pytest.raises(CommandError, match="at least"):
        call_command("drill", "video", *arguments)


def verdict(promise: str, folder: Path, **facts) -> list[str]:
    facts = {"kills": 3, "wanted": 3, "redone": 0} | facts
    (folder / "tmp").mkdir(exist_ok=True)
    found = {check.promise: check.violations for check in checks.all_checks(folder=folder, **facts)}
    return next(violations for words, violations in found.items() if promise in words)


@pytest.fixture
def person(db):
    return AdminFactory()


@pytest.fixture
def done(person, settings, tmp_path) -> Video:
    """A real, small, complete encode of one MP4 file, told once."""
    settings.MEDIA_ROOT = tmp_path / "media"
    source = film(tmp_path / "talk.mp4", seconds=2).read_bytes()
    video: Video = VideoFactory.create(uploaded_by_user=person, duration=2)
    transcode = publish(video, video_mp4=source)
    transcode.renditions.filter(form="hls").delete()
    (tmp_path / "talk.mp4").unlink()
    transcode.after_done()
    Mail.objects.update(status="done")
    return video


def test_a_good_end_breaks_no_promise(done, tmp_path):
    (tmp_path / "tmp").mkdir()
    found = checks.all_checks(kills=3, wanted=3, redone=1, folder=tmp_path)

    assert [check for check in found if not check.passed] == []


def test_an_encode_that_is_still_open_is_seen(done, tmp_path):
    TranscodeFactory()

    assert verdict("ready, or failed", tmp_path)
    assert verdict("stuck", tmp_path)


def test_too_much_work_done_again_is_seen(done, tmp_path):
    assert verdict("redone", tmp_path, kills=3, redone=4) == ["4 for 3 kills"]


def test_too_few_kills_are_seen(done, tmp_path):
    assert verdict("kills", tmp_path, kills=2)


@pytest.mark.parametrize("damage", ["gone", "cut", "empty", "unpublished"])
def test_an_incomplete_output_is_seen(done, tmp_path, damage):
    path = Path(default_storage.path(f"{done.published.folder}/video.mp4"))
    if damage == "gone":
        path.unlink()
    elif damage == "unpublished":
        Video.objects.update(published=None)
        done.refresh_from_db()
    elif damage == "empty":
        path.write_bytes(b"")
    else:
        film(path, seconds=1)

    assert flaws_of(done)
    assert verdict("output", tmp_path)


def test_a_second_notice_and_a_missing_one_are_seen(done, person, tmp_path):
    notice = Notice.objects.get()
    Notice.objects.create(
        subject_type=notice.subject_type, subject_id=notice.subject_id, event="ready again", recipient=person, title="x"
    )
    assert verdict("told", tmp_path)

    Notice.objects.all().delete()
    assert verdict("told", tmp_path)


def test_a_mail_that_was_not_sent_is_seen(done, tmp_path):
    Mail.objects.update(status="waiting", next_try_at=timezone.now())

    assert verdict("told", tmp_path)


@pytest.mark.parametrize("where", ["media/videos/encodes/stray/a.m4s", "media/videos/sources/b.mp4", "tmp/c"])
def test_a_file_left_over_is_seen(done, tmp_path, where):
    path = tmp_path / where
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(ContentFile(b"left over").read())

    assert where in verdict("left over", tmp_path)


def test_an_ffmpeg_that_is_left_is_seen(done, tmp_path, monkeypatch):
    monkeypatch.setattr(checks, "GONE_WITHIN", 0.2)
    (tmp_path / "data").mkdir()
    sleeper = subprocess.Popen(["sh", "-c", "sleep 30; true", "ffmpeg", f"{tmp_path}/data/x.mp4"])
    try:
        assert verdict("ffmpeg", tmp_path)
    finally:
        sleeper.kill()
        sleeper.wait()
