"""Encoding by a service elsewhere: the whole way with a real one, and what it may get wrong."""

from __future__ import annotations

import pytest
from django.core.files.storage import default_storage

from jobs import actions as jobs
from masterclasses.models import Video
from masterclasses.remote import client as asking
from masterclasses.remote import signing
from tests.factories.jobs import fresh
from tests.integration.masterclasses.remote_service import finished, segment_of, tell

pytestmark = pytest.mark.django_db


def test_a_video_goes_all_the_way_through_the_service_and_is_watched(service, ordered, client, look, encode_all):
    assert fresh(ordered.transcode).is_parked
    assert fresh(ordered.transcode).status_words() == "With the remote encoder"

    tell(client, ordered, "accepted", 1)
    outputs = service.encode(client, ordered)
    tell(client, ordered, "progress", 2, seconds_done=1.5)
    assert fresh(ordered.transcode).percent == 50
    rung = [output for output in outputs if output["name"].startswith("360p")]
    tell(client, ordered, "output_ready", 3, rung="360p", outputs=rung)
    rest = [output for output in outputs if output not in rung]
    transcode = finished(client, ordered, rest, look=look, encode_all=encode_all)

    assert (transcode.status, fresh(ordered).status, transcode.reason) == ("done", "done", "")
    assert Video.objects.get().published == transcode
    forms = set(transcode.renditions.values_list("form", flat=True))
    assert forms == {"hls", "mp4", "poster", "audio", "storyboard"}
    assert all(service.signatures)


def test_an_order_says_what_is_to_be_made_and_where_to_tell_it(service, ordered, settings):
    order = service.order_of(ordered)

    assert order["callback"] == f"{settings.BASE_URL}/watch/remote/"
    assert order["plan"]["rungs"][0]["name"] == "360p"
    assert order["plan"]["segment_frames"] == 100
    assert order["plan"]["audio"]["channels"] == 1


def test_the_source_is_given_to_whoever_has_the_address_as_long_as_the_job_is_under_way(
    ordered, client, talk, monkeypatch
):
    address = signing.source_address(ordered).partition("localhost:8000")[2]

    answer = client.get(address)
    assert b"".join(answer.streaming_content) == talk.read_bytes()
    assert answer["Cache-Control"] == "private, no-store"
    assert client.get(address.replace(":", "x", 1)).status_code == 404
    with monkeypatch.context() as patch:
        patch.setattr(signing, "SOURCE_LIFE", -1)
        assert client.get(address).status_code == 404
    jobs.cancel(ordered, reason="Not wanted.")
    assert client.get(address).status_code == 404


WRONG = {
    "a changed file": lambda out, _all: out.update(sha256="0" * 64),
    "a file that is shorter than it was said": lambda out, _all: out.update(bytes=out["bytes"] + 1),
    "a file that is longer than it was said": lambda out, _all: out.update(bytes=out["bytes"] - 1),
    "a missing rung": lambda _out, all_: all_.__setitem__(slice(None), [o for o in all_ if "360p" not in o["name"]]),
    "no outputs": lambda _out, all_: all_.clear(),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_result_that_is_not_what_was_said_is_never_published(service, ordered, client, look, encode_all, case):
    outputs = service.encode(client, ordered)
    WRONG[case](segment_of(outputs), outputs)

    transcode = finished(client, ordered, outputs, look=look, encode_all=encode_all)

    assert Video.objects.get().published is None
    assert transcode.status == "waiting"
    assert transcode.reason == "The encoder's result was incomplete."


@pytest.mark.parametrize("name", ["360p_00000.m4s", "audio.m4a", "poster_01.jpg", "storyboard_01.jpg"])
def test_a_file_of_rubbish_is_never_published_however_well_its_sum_fits(
    service, ordered, client, look, encode_all, name
):
    service.encode(client, ordered)
    (service.folder / name).write_bytes(b"rubbish" * 1000)
    outputs = [service.output(path) for path in sorted(service.folder.iterdir())]

    transcode = finished(client, ordered, outputs, look=look, encode_all=encode_all)

    assert Video.objects.get().published is None
    assert transcode.reason == "The encoder's result was incomplete."


def test_after_a_result_that_stays_wrong_a_retry_is_a_new_order(service, ordered, client, look, encode_all):
    tell(client, ordered, "done", 1, outputs=[])
    look()
    encode_all()
    assert fresh(ordered.transcode).status == "failed"

    jobs.start_again(fresh(ordered.transcode))
    encode_all(rounds=1)
    look()

    assert len(service.orders) == 2
    assert fresh(ordered.transcode).is_parked


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example.org/x",
        "http://127.0.0.1:1/x",
        "http://169.254.169.254/latest",
        "file:///etc/passwd",
        "http://[/x",
        "{address}@elsewhere.example.org/x",
        "http://user:word@{host}/x",
    ],
)
def test_a_result_that_is_elsewhere_is_not_fetched(service, ordered, client, look, encode_all, url, monkeypatch):
    outputs = service.encode(client, ordered)
    segment = segment_of(outputs)
    segment["url"] = url.format(address=service.address, host=service.address.removeprefix("http://"))
    got = []
    monkeypatch.setattr(asking.requests, "get", lambda address, **_options: got.append(address))

    transcode = finished(client, ordered, [segment], look=look, encode_all=encode_all)

    assert (got, transcode.status) == ([], "failed")
    assert transcode.reason.startswith("The remote encoder's result is not where it may be.")


def test_addresses_in_the_services_playlist_do_not_reach_viewers(service, ordered, client, look, encode_all):
    service.encode(client, ordered)
    playlist = service.folder / "audio.m3u8"
    playlist.write_text(playlist.read_text().replace("audio_00000.m4s", "https://elsewhere.example.org/a.m4s"))
    outputs = [service.output(path) for path in sorted(service.folder.iterdir())]

    finished(client, ordered, outputs, look=look, encode_all=encode_all)

    assert Video.objects.get().published is None


def test_nothing_is_left_behind_when_a_result_is_refused(service, ordered, client, look, encode_all):
    outputs = service.encode(client, ordered)
    segment_of(outputs)["sha256"] = "0" * 64

    transcode = finished(client, ordered, outputs, look=look, encode_all=encode_all)

    assert not default_storage.exists(transcode.home)
