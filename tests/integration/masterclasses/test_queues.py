"""Encodes among other work, on real brokers: delivered twice, behind each other, and without a broker at all."""

from __future__ import annotations

import socket
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from jobs import wakeups
from jobs.mail import send_mail_later
from jobs.models import Mail
from jobs.sweeper import GRACE, sweep
from jobs.wakeups import publish
from masterclasses.models import Video
from portal.celery import app
from tests.factories.masterclasses import TranscodeFactory, VideoFactory
from tests.processes import eventually, publish_to_workers, running, suite_environment

WORKER = ["celery", "-A", "portal", "worker", "-c", "1", "--without-gossip", "--without-mingle", "-l", "INFO"]
REAL = [pytest.mark.processes, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
ENCODE_SECONDS = 20


@pytest.fixture
def place(tmp_path, monkeypatch) -> dict[str, str]:
    """The environment of workers on this test's database, and this process publishing to their broker."""
    monkeypatch.setattr(wakeups, "_paused_until", 0.0)
    for queue in ("transcode", "mail-now"):
        publish_to_workers(queue, tmp_path, monkeypatch)
    (tmp_path / "notes").touch()
    return suite_environment(tmp_path, DJANGO_SETTINGS_MODULE="tests.integration.masterclasses.slow_settings")


class TestOnRealWorkers:
    pytestmark = REAL

    def test_a_running_encode_that_is_delivered_again_is_not_started_again(self, place, tmp_path):
        """On Redis a message comes back after the visibility timeout, here 5 s; elsewhere it is sent twice."""
        (tmp_path / "seconds").write_text(str(ENCODE_SECONDS))
        row = TranscodeFactory()
        with (
            running([*WORKER, "-Q", "transcode", "-n", "one@test"], place, tmp_path / "one.log"),
            running([*WORKER, "-Q", "transcode", "-n", "two@test"], place, tmp_path / "two.log"),
        ):
            assert publish("tests.slow_encode", row.pk, queue="transcode")
            assert eventually(lambda: "start" in (tmp_path / "notes").read_text(), within=90)
            if not place.get("REDIS_URL"):
                assert publish("tests.slow_encode", row.pk, queue="transcode")
            assert eventually(lambda: type(row).objects.filter(pk=row.pk, status="done").exists(), within=90)

        notes = (tmp_path / "notes").read_text().split()
        assert notes.count("asked") >= 2, "the message was delivered again"
        assert notes.count("start") == 1
        row.refresh_from_db()
        assert row.attempts == 1

    def test_fifty_encodes_in_the_queue_delay_no_confirmation(self, place, tmp_path):
        (tmp_path / "seconds").write_text("30")
        for row in TranscodeFactory.create_batch(50, video=VideoFactory()):
            assert publish("tests.slow_encode", row.pk, queue="transcode")
        with (
            running([*WORKER, "-Q", "transcode", "-n", "video@test"], place, tmp_path / "video.log"),
            running([*WORKER, "-Q", "mail-now", "-n", "mail@test"], place, tmp_path / "mail.log"),
        ):
            send_mail_later(recipient="first@example.org", subject="Are you there?", text="Yes.")
            assert eventually(lambda: Mail.objects.filter(status="done").exists(), within=90)
            assert eventually(lambda: "start" in (tmp_path / "notes").read_text(), within=90)
            for number in range(100):
                send_mail_later(recipient=f"reader{number}@example.org", subject="Please confirm", text="Yes.")
            wanted = Mail.objects.filter(subject="Please confirm", status="done")
            assert eventually(lambda: wanted.count() == 100, within=60)

        waits = sorted((mail.finished_at - mail.created_at).total_seconds() for mail in wanted)
        assert waits[94] < 10
        assert (tmp_path / "notes").read_text().split().count("start") <= 3, "the encodes went on, one after another"


@pytest.mark.django_db
class TestWithoutABroker:
    @pytest.fixture
    def broken(self, monkeypatch):
        """Nothing listens, or what listens never answers."""
        monkeypatch.setattr(wakeups, "_paused_until", 0.0)
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))

            def be(how: str) -> None:
                if how == "hangs":
                    listener.listen()
                port = listener.getsockname()[1]
                monkeypatch.setitem(app.conf, "broker_write_url", f"redis://127.0.0.1:{port}/0")

            yield be

    @pytest.mark.parametrize("how", ["down", "hangs"])
    def test_an_upload_succeeds_at_once_and_waits_for_the_broker_to_come_back(
        self, how, broken, desk, talk, upload_of, commit, monkeypatch
    ):
        upload = upload_of(talk)
        broken(how)

        began = time.monotonic()
        with commit():
            answer = desk.post("/admin/media/video/add/", {"title": "Talk", "file": upload})
        took = time.monotonic() - began

        assert answer.status_code == 302
        row = Video.objects.get().transcodes.get()
        assert (row.status, row.attempts) == ("waiting", 0)
        assert took < 2

        woken: list[str] = []
        monkeypatch.setattr(wakeups, "_paused_until", 0.0)
        monkeypatch.setattr(app, "send_task", lambda task, args=(), **_options: woken.append(task))
        sweep(now=timezone.now() + GRACE + timedelta(seconds=1))
        assert any(task.startswith("masterclasses.") for task in woken)
        assert GRACE + timedelta(seconds=20) <= timedelta(seconds=60), "the grace and one tick of the schedule"
