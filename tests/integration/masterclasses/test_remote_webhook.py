"""The remote encoder's webhook: who is believed, what is refused, and that nothing counts twice (bad input 25)."""

from __future__ import annotations

import json
import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from masterclasses.models import RemoteEvent, RemoteJob
from masterclasses.remote import facts, tidying
from masterclasses.remote.watching import look_after
from tests.factories.jobs import fresh
from tests.factories.masterclasses import RemoteJobFactory
from tests.integration.masterclasses.remote_service import SECRET, event, headers_for, post

pytestmark = pytest.mark.django_db
ANOTHER = "whsec_b3RoZXIgcmFuZG9tIGJ5dGVzIGZvciB0ZXN0cy4u"
WEBHOOK = "/watch/remote/"
FILE = {"name": "360p_init.mp4", "url": "https://encoder.example.org/1", "bytes": 1, "sha256": "0" * 64}


@pytest.fixture(autouse=True)
def _remote(settings):
    settings.REMOTE_ENCODER_URL = "https://encoder.example.org"
    settings.REMOTE_ENCODER_SECRETS = [SECRET]


@pytest.fixture
def job():
    return RemoteJobFactory()


def state_of(job: RemoteJob) -> tuple:
    found, known = fresh(job), facts.facts_of(job.uuid)
    end = known.end and known.end.event_id
    files = sorted(facts.outputs_of(job.uuid, known.end)) if known.end else []
    return found.status, found.seconds_done, found.transcode.seconds_done, end, files


def test_progress_is_told_by_encoded_time(client, job):
    answer = post(client, event("progress", job.uuid, 1, seconds_done=15, eta_seconds=600))

    assert answer.status_code == 200
    assert (fresh(job).percent, fresh(job.transcode).percent) == (25, 25)
    assert timedelta(minutes=9) < fresh(job).eta() <= timedelta(minutes=10)


def test_an_event_costs_a_few_queries_however_many_there_are(client, job):
    for number in range(30):
        post(client, event("progress", job.uuid, number, seconds_done=number))

    with CaptureQueriesContext(connection) as found:
        post(client, event("progress", job.uuid, 40, seconds_done=40))

    assert len(found) <= 16


@pytest.mark.parametrize(
    ("case", "change"),
    [
        ("no signature", lambda headers: headers.pop("webhook-signature")),
        ("no id", lambda headers: headers.pop("webhook-id")),
        ("no timestamp", lambda headers: headers.pop("webhook-timestamp")),
        ("an empty signature", lambda headers: headers.update({"webhook-signature": ""})),
        ("no version", lambda headers: headers.update({"webhook-signature": "abc"})),
        ("not base64", lambda headers: headers.update({"webhook-signature": "v1,%%%"})),
        (
            "another version",
            lambda headers: headers.update({"webhook-signature": "v2," + headers["webhook-signature"][3:]}),
        ),
        ("another id", lambda headers: headers.update({"webhook-id": "another"})),
        (
            "another time",
            lambda headers: headers.update({"webhook-timestamp": str(int(headers["webhook-timestamp"]) - 1)}),
        ),
        ("no number", lambda headers: headers.update({"webhook-timestamp": "now"})),
        ("an endless number", lambda headers: headers.update({"webhook-timestamp": "inf"})),
    ],
)
def test_a_request_whose_signature_does_not_fit_is_refused(client, job, case, change):
    body = json.dumps(event("progress", job.uuid, 1, seconds_done=30))
    headers = headers_for(body, event_id="one")
    change(headers)

    answer = client.post(WEBHOOK, body, content_type="application/json", headers=headers)

    assert answer.status_code == 401, case
    assert not RemoteEvent.objects.exists()


def test_a_body_that_was_changed_on_its_way_is_refused(client, job):
    body = json.dumps(event("progress", job.uuid, 1, seconds_done=30))
    headers = headers_for(body, event_id="one")

    answer = client.post(WEBHOOK, body + " ", content_type="application/json", headers=headers)

    assert answer.status_code == 401


def test_bytes_that_are_no_text_are_refused(client):
    answer = client.post(WEBHOOK, b"\xff\xfe", content_type="application/json", headers=headers_for("", event_id="one"))

    assert answer.status_code == 401


@pytest.mark.parametrize(("minutes", "status"), [(-6, 401), (-4, 200), (0, 200), (4, 200), (6, 401)])
def test_a_signature_is_good_for_five_minutes_on_either_side(client, job, minutes, status):
    at = datetime.now(tz=UTC) + timedelta(minutes=minutes)

    assert post(client, event("accepted", job.uuid, 1), at=at).status_code == status


def test_while_secrets_are_changed_both_are_accepted_and_afterwards_the_old_one_is_not(client, job, settings):
    def answers(*accepted: str) -> list[int]:
        settings.REMOTE_ENCODER_SECRETS = list(accepted)
        return [post(client, event("accepted", job.uuid, 1), secret=secret).status_code for secret in (SECRET, ANOTHER)]

    assert answers(SECRET) == [200, 401]
    assert answers(ANOTHER, SECRET) == [200, 200]
    assert answers(ANOTHER) == [401, 200]


def test_without_secrets_there_is_no_such_door(client, job, settings):
    settings.REMOTE_ENCODER_SECRETS = []

    assert post(client, event("accepted", job.uuid, 1)).status_code == 404


def test_only_a_post_counts_and_no_csrf_token_is_asked_for(job):
    strict = Client(enforce_csrf_checks=True)

    assert strict.get(WEBHOOK).status_code == 405
    assert post(strict, event("accepted", job.uuid, 1)).status_code == 200


def test_a_body_of_five_megabytes_is_refused_before_it_is_read(client, job, monkeypatch):
    monkeypatch.setattr("masterclasses.remote.signing.check", lambda *_: pytest.fail("it was read"))

    assert post(client, " " * 5 * 1024**2).status_code == 413
    assert post(client, " " * (1024**2 + 1)).status_code == 413


def test_hearing_the_same_again_ten_times_changes_nothing(client, job):
    message = event("progress", job.uuid, 1, seconds_done=15)
    post(client, message, event_id="one")
    before = fresh(job).__dict__ | {"_state": None}

    answers = [post(client, message, event_id="one") for _ in range(10)]

    assert {answer.status_code for answer in answers} == {200}
    assert RemoteEvent.objects.count() == 1
    assert fresh(job).__dict__ | {"_state": None} == before


def test_an_event_that_fails_halfway_is_not_remembered_and_counts_when_it_is_sent_again(client, job, monkeypatch):
    client.raise_request_exception = False
    message = event("progress", job.uuid, 1, seconds_done=15)
    with monkeypatch.context() as patch:
        patch.setattr("masterclasses.remote.receiving.facts_of", lambda _job: 1 / 0)
        assert post(client, message, event_id="one").status_code == 500

    assert post(client, message, event_id="one").status_code == 200
    assert fresh(job).seconds_done == 15


def test_five_hundred_events_shuffled_and_doubled_end_as_if_they_had_come_in_order(client):
    numbers = random.Random(25)
    kinds = [("accepted", {}), *[("progress", {"seconds_done": n * 0.2}) for n in range(240)]]
    kinds += [("output_ready", {"rung": "360p", "outputs": [FILE | {"name": f"360p_{n:05d}.m4s"}]}) for n in range(5)]
    kinds += [("done", {"outputs": [FILE]}), ("failed", {"code": "damaged"}), ("progress", {"seconds_done": 1})]
    in_order, shuffled = RemoteJobFactory(), RemoteJobFactory()

    def messages(job):
        return [(f"{number}", event(kind, job.uuid, number, **data)) for number, (kind, data) in enumerate(kinds)]

    for number, message in messages(in_order):
        post(client, message, event_id=f"a{number}")
    mixed = messages(shuffled) * 2
    numbers.shuffle(mixed)
    for number, message in mixed:
        post(client, message, event_id=f"b{number}")

    first, second = state_of(in_order), state_of(shuffled)
    assert len(mixed) >= 490
    assert first[3].removeprefix("a") == second[3].removeprefix("b") == "246"
    assert (first[:3], first[4]) == (second[:3], second[4])
    assert second[1] == pytest.approx(239 * 0.2)
    assert len(second[4]) == 6


def test_an_older_progress_never_moves_a_newer_one_back(client, job):
    post(client, event("progress", job.uuid, 8, seconds_done=40))
    post(client, event("progress", job.uuid, 7, seconds_done=30))

    assert fresh(job).seconds_done == 40


@pytest.mark.parametrize("late", [("failed", {"code": "damaged"}), ("progress", {"seconds_done": 1})])
def test_what_is_said_after_the_end_is_ignored(client, job, late, commit):
    kind, data = late
    post(client, event("progress", job.uuid, 1, seconds_done=60))
    with commit():
        post(client, event("done", job.uuid, 2))
    with commit():
        look_after(job.pk)

    assert post(client, event(kind, job.uuid, 3, **data)).status_code == 200
    assert fresh(job).status == "done"
    assert (fresh(job.transcode).status, fresh(job.transcode).stage) == ("waiting", "publish")
    assert fresh(job.transcode).seconds_done == 60


def test_an_event_that_comes_before_its_job_is_kept_and_counts_once_the_job_is_there(client):
    uuid = uuid4()
    assert post(client, event("failed", uuid, 1, code="damaged")).status_code == 202

    job = RemoteJobFactory(uuid=uuid, submitted_at=None, next_try_at="2020-01-01T00:00:00Z")
    look_after(job.pk)

    assert fresh(job).status == fresh(job.transcode).status == "failed"
    assert "damaged" in fresh(job.transcode).reason


def test_events_of_a_job_that_never_comes_are_dropped_after_five_minutes_and_counted(client, job, caplog):
    post(client, event("accepted", job.uuid, 1))
    post(client, event("accepted", uuid4(), 1))
    post(client, event("accepted", uuid4(), 1))

    now = datetime.now(tz=UTC)

    assert tidying.drop_unknown(now + timedelta(minutes=4)) == 0
    assert tidying.drop_unknown(now + timedelta(minutes=6)) == 2

    assert "Dropped 2 events" in caplog.text
    assert RemoteEvent.objects.get().job == job.uuid


def test_an_event_of_more_than_thirty_days_ago_is_taken_and_logged_and_changes_nothing(client, job, caplog):
    caplog.set_level("INFO", "masterclasses.remote")
    old = datetime.now(tz=UTC) - timedelta(days=31)

    answer = post(client, event("progress", job.uuid, 1, at=old, seconds_done=30))

    assert answer.status_code == 200
    assert "changes nothing" in caplog.text
    assert (RemoteEvent.objects.count(), fresh(job).seconds_done) == (0, 0)


def test_what_is_signed_but_no_event_is_refused_with_a_sentence(client):
    answer = post(client, event("exploded", uuid4(), 1))

    assert (answer.status_code, answer.content.decode().strip()) == (400, "The type of the event is unknown.")
    assert not RemoteEvent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_deliveries_at_the_same_moment_count_once(job):
    message = event("progress", job.uuid, 1, seconds_done=15)

    def deliver(_number: int) -> int:
        try:
            return post(Client(), message, event_id="one").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(deliver, range(8)))

    assert answers == [200] * 8
    assert RemoteEvent.objects.count() == 1
    assert fresh(job).seconds_done == 15
