"""Who sends the files: the portal, a proxy in front of it, or S3."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import PageViewRestriction

from masterclasses.access import tokens
from masterclasses.models import Transcode
from tests.factories.masterclasses import PartPageFactory, VideoFactory, publish

pytestmark = pytest.mark.django_db
BUCKET = "https://talks.s3.eu-west-2.amazonaws.com"


@pytest.fixture
def part():
    video = VideoFactory()
    publish(video, **{"360p_00000_m4s": b"segment"})
    return PartPageFactory(video=video)


@pytest.fixture
def _proxy(settings):
    settings.MEDIA_ACCEL = "/protected-media/"


@pytest.fixture
def _bucket(settings):
    options = {
        "bucket_name": "talks",
        "region_name": "eu-west-2",
        "access_key": "key",
        "secret_key": "secret",
        "querystring_auth": True,
        "signature_version": "s3v4",
        "addressing_style": "virtual",
    }
    settings.MEDIA_S3_DIRECT = BUCKET
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
    }


def address(part, name) -> str:
    return f"/watch/{part.video.published.uuid}/{part.video.published.version}/{name}"


@pytest.mark.usefixtures("_proxy")
def test_a_proxy_is_told_where_the_file_is_and_sends_it(client, part):
    answer = client.get(address(part, "360p_00000.m4s"), headers={"Range": "bytes=0-1"})
    assert answer["X-Accel-Redirect"] == f"/protected-media/{part.video.published.folder}/360p_00000.m4s"
    assert answer["Content-Type"] == "video/iso.segment"
    assert "immutable" in answer["Cache-Control"]
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.usefixtures("_proxy")
def test_a_proxy_is_asked_for_nothing_that_is_refused(client, part):
    PageViewRestriction.objects.create(page=part, restriction_type=PageViewRestriction.LOGIN)
    answer = client.get(address(part, "video.mp4"))
    assert answer.status_code == 404
    assert "X-Accel-Redirect" not in answer


@pytest.mark.usefixtures("_proxy")
def test_playlists_are_sent_by_the_portal(client, part):
    answer = client.get(address(part, "master.m3u8"))
    assert "X-Accel-Redirect" not in answer
    assert b"".join(answer.streaming_content) == b"#EXTM3U\n"


def test_s3_sends_the_file_for_a_signed_address_that_ends_soon(client, part, request):
    request.getfixturevalue("_bucket")
    answer = client.get(address(part, "video.mp4"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(f"{BUCKET}/{part.video.published.folder}/video.mp4?")
    asked = parse_qs(urlsplit(answer["Location"]).query)
    assert asked["response-content-type"] == ["video/mp4"]
    assert int(asked["X-Amz-Expires"][0]) <= 3600
    assert answer["Cache-Control"] == "public, max-age=600"


def test_a_redirect_to_a_restricted_file_is_kept_by_no_cache(client, part, request):
    request.getfixturevalue("_bucket")
    PageViewRestriction.objects.create(page=part, restriction_type=PageViewRestriction.LOGIN)
    reader = get_user_model().objects.create_user(email="reader@example.org", password="a long one")
    token = tokens.sign(subject=str(part.video.published.uuid), user_pk=reader.pk)
    assert client.get(address(part, "video.mp4")).status_code == 404
    client.force_login(reader)
    answer = client.get(address(part, f"~{token}/video.mp4"))
    assert (answer.status_code, answer["Cache-Control"]) == (302, "private, no-store")


def test_what_is_published_while_rungs_are_still_to_come_may_be_kept_for_the_next_has_other_addresses(client, part):
    first = address(part, "master.m3u8")
    Transcode.objects.filter(pk=part.video.published_id).update(status=Transcode.Status.WAITING)
    assert "immutable" in client.get(first)["Cache-Control"]
    home = part.video.published.home
    Transcode.objects.filter(pk=part.video.published_id).update(folder=f"{home}/{uuid4()}")
    assert address(type(part).objects.get(pk=part.pk), "master.m3u8") != first
    assert client.get(first).status_code == 200
