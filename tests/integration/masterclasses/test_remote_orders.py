"""Orders to a remote encoder: submitted once, asked after when it is silent, and never without a way out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from jobs import actions as jobs
from jobs.sweeper import sweep
from masterclasses.actions import add_video
from masterclasses.models import RemoteJob, Video
from masterclasses.remote.encoder import encode_here
from portal.services import VIDEO_ENCODERS
from tests.factories.jobs import fresh
from tests.factories.masterclasses import RemoteJobFactory
from tests.integration.masterclasses.remote_service import event, tell

pytestmark = pytest.mark.django_db
RUNG = {"width": 640, "height": 360, "peak_kbits": 900}
PLAN = {"seconds": 3.0, "rate": "25", "frames": 75, "rungs": [RUNG], "audio_channels": 0}


def test_an_answer_that_was_lost_does_not_order_twice(service, talk, encode_all, look):
    service.answers = [503]
    add_video(title="Talk", file=ContentFile(talk.read_bytes(), "talk.mp4"))
    encode_all(rounds=1)

    look()
    job = RemoteJob.objects.get()
    assert (job.status, job.attempts, job.submitted_at) == ("waiting", 1, None)
    assert job.reason == "The remote encoder cannot be asked: it answered 503."
    look()

    assert service.asked == [("POST", "/jobs")] * 2
    assert list(service.orders) == [str(job.uuid)]
    assert (fresh(job).attempts, fresh(job).reason) == (0, "")


def test_an_order_that_was_heard_of_is_not_submitted_again(service, client, talk, encode_all, look):
    service.answers = [500]
    add_video(title="Talk", file=ContentFile(talk.read_bytes(), "talk.mp4"))
    encode_all(rounds=1)
    look()

    tell(client, RemoteJob.objects.get(), "accepted", 1)
    look()

    assert service.asked == [("POST", "/jobs"), ("GET", f"/jobs/{RemoteJob.objects.get().uuid}")]


@pytest.mark.parametrize("answer", [302, 400, 404, 500])
def test_a_service_that_refuses_is_tried_six_times_and_then_the_encode_fails_with_the_reason(service, look, answer):
    service.answers = [answer] * 10
    job = RemoteJobFactory(submitted_at=None, transcode__plan=PLAN)

    for _attempt in range(6):
        look()

    assert len(service.asked) == 6
    assert fresh(job).status == fresh(job.transcode).status == "failed"
    assert fresh(job.transcode).reason == f"The remote encoder cannot be asked: it answered {answer}."


def test_a_service_that_is_away_is_tried_again(service, look):
    service.close()
    job = RemoteJobFactory(submitted_at=None, transcode__plan=PLAN)

    look()

    assert (fresh(job).status, fresh(job).attempts) == ("waiting", 1)
    assert fresh(job).reason == "The remote encoder cannot be asked: ConnectionError."


def test_what_the_service_says_of_a_failure_is_told_in_our_words(ordered, client, look):
    tell(client, ordered, "failed", 2, code="no_source", message="403")
    look()

    reason = "The remote encoder could not fetch the video from the portal. Try again."
    assert (fresh(ordered).reason, fresh(ordered.transcode).reason) == (reason, reason)


def test_unknown_words_are_shown_without_addresses_and_control_characters(ordered, client, look):
    tell(client, ordered, "failed", 2, message="gpu7 said no\x1b[31m at https://10.0.0.7/x?key=secret, /srv/jobs/7")
    look()

    reason = fresh(ordered.transcode).reason
    assert "gpu7 said no" in reason
    assert not any(word in reason for word in ("10.0.0.7", "secret", "/srv", "\x1b"))


def test_a_silent_job_is_asked_and_what_the_webhook_did_not_say_is_heard(service, ordered, look):
    message = event("progress", ordered.uuid, 4, seconds_done=2) | {"id": "e4"}
    noise = [{"id": "e5"}, "nothing", event("progress", "0" * 32, 9, seconds_done=3) | {"id": "e6"}]
    service.events = [message, *noise]

    look()

    assert fresh(ordered).seconds_done == 2
    assert fresh(ordered).next_try_at > timezone.now() + timedelta(minutes=9)


def test_the_end_that_a_webhook_failed_to_say_is_heard_by_asking(service, ordered, client, look, encode_all):
    outputs = service.encode(client, ordered)
    service.events = [event("done", ordered.uuid, 9, outputs=outputs) | {"id": "e9"}]

    look()
    encode_all(rounds=1)

    assert fresh(ordered.transcode).status == "done"


def test_the_sweeper_wakes_whoever_asks_a_silent_job(ordered, monkeypatch):
    RemoteJob.objects.update(next_try_at=timezone.now() - timedelta(minutes=1))
    woken = []
    monkeypatch.setattr("jobs.sweeper.wake", lambda kind, *arguments, **_options: woken.append((kind.task, *arguments)))

    sweep()

    assert ("masterclasses.remote", ordered.pk) in woken


@pytest.mark.parametrize(
    ("submitted", "heard", "moved", "reason"),
    [
        (61, 61, 61, "said nothing for an hour"),
        (400, 1, 361, "made no progress for six hours"),
        (400, 1, 359, ""),
        (59, 59, 59, ""),
    ],
)
def test_a_job_that_is_silent_or_stuck_too_long_fails_with_a_reason_and_a_way_out(
    service, ordered, look, submitted, heard, moved, reason
):
    def ago(minutes: int):
        return timezone.now() - timedelta(minutes=minutes)

    RemoteJob.objects.update(submitted_at=ago(submitted), heard_at=ago(heard), moved_at=ago(moved))

    look()

    transcode = fresh(ordered.transcode)
    assert transcode.status == ("failed" if reason else "waiting")
    assert reason in transcode.reason


def test_a_job_that_the_service_has_forgotten_fails_and_a_retry_is_a_new_order(service, ordered, encode_all, look):
    service.status = 404
    look()
    assert fresh(ordered.transcode).reason.startswith("The remote encoder does not know this job any more.")

    jobs.start_again(fresh(ordered.transcode))
    encode_all(rounds=1)
    look()

    assert len(service.orders) == 2
    assert str(RemoteJob.objects.get().uuid) in service.orders
    assert fresh(ordered.transcode).is_parked


def test_an_order_that_is_retried_on_the_jobs_page_is_a_new_order(service, ordered, client, encode_all, look, commit):
    tell(client, ordered, "failed", 2, code="no_capacity")
    look()
    with commit():
        assert jobs.start_again(fresh(ordered))
    look()
    encode_all(rounds=1)
    look()

    assert len(service.orders) == 2
    assert fresh(ordered.transcode).is_parked


def test_a_failed_job_can_be_encoded_here(service, ordered, client, look, encode_all):
    tell(client, ordered, "failed", 2, code="no_capacity")
    look()

    assert encode_here(fresh(ordered.transcode))
    encode_all(rounds=1)

    assert fresh(ordered.transcode).status == "done"
    assert Video.objects.get().published == ordered.transcode
    assert len(service.orders) == 1


def test_nothing_is_encoded_here_that_was_not_asked_for_elsewhere_or_has_not_ended(ordered):
    assert not encode_here(fresh(ordered.transcode))
    assert not fresh(ordered).here


def test_an_encode_that_began_elsewhere_is_done_here_once_the_setting_says_so(
    service, ordered, client, look, encode_all, settings
):
    settings.VIDEO_ENCODER = VIDEO_ENCODERS["ffmpeg"]
    settings.REMOTE_ENCODER_URL = ""

    look()
    assert fresh(ordered.transcode).reason.startswith("No remote encoder is set up.")
    jobs.start_again(fresh(ordered.transcode))
    encode_all(rounds=1)

    assert fresh(ordered.transcode).status == "done"


def test_a_replaced_file_cancels_its_order(ordered, commit):
    with commit():
        jobs.cancel(ordered.transcode, reason="The file was replaced.")

    assert fresh(ordered).status == "cancelled"


def test_cancelling_the_order_cancels_its_encode(ordered, commit):
    with commit():
        jobs.cancel(ordered, reason="Not wanted.")

    assert (fresh(ordered.transcode).status, fresh(ordered.transcode).reason) == ("cancelled", "Not wanted.")


def test_the_jobs_page_leads_to_the_way_out_of_a_failed_order(service, ordered, client, look, encode_all, desk):
    tell(client, ordered, "failed", 2, code="no_capacity")
    look()
    jobs_page = desk.get("/admin/jobs/").content.decode()
    assert fresh(ordered).admin_url() in jobs_page

    page = desk.get(fresh(ordered).admin_url()).content.decode()
    assert "has no room for this video" in page
    assert "Encode it here" in page
    answer = desk.post(fresh(ordered).admin_url())
    encode_all(rounds=1)

    assert answer.status_code == 302
    assert fresh(ordered.transcode).status == "done"


def test_an_order_that_is_under_way_offers_no_other_way(ordered, desk):
    page = desk.get(ordered.admin_url()).content.decode()

    assert "With the remote encoder" in page
    assert "Encode it here" not in page
    desk.post(ordered.admin_url())
    assert fresh(ordered.transcode).is_parked


def test_an_order_is_shown_to_those_only_who_may_change_the_video(ordered, client, django_user_model):
    client.force_login(django_user_model.objects.create_user(email="member@example.org", password="a long one"))

    assert client.get(ordered.admin_url()).status_code in (302, 403)
    assert client.post(ordered.admin_url()).status_code in (302, 403)
    assert not fresh(ordered).here
