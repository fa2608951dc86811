"""What a player may fetch under /watch/, and who."""

from __future__ import annotations

import uuid

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from wagtail.models import PageViewRestriction

from masterclasses.models import PartCaptions, Video
from tests.factories.masterclasses import MasterclassPageFactory, PartPageFactory, VideoFactory, publish, running
from tests.queries import fetch, queries_of

pytestmark = pytest.mark.django_db
MP4 = bytes(range(256)) * 4


@pytest.fixture
def part():
    video = VideoFactory()
    publish(video, **{"360p_00000_m4s": b"segment", "360p_m3u8": b"#EXTM3U\n"})
    return PartPageFactory(video=video)


def address(part, name="video.mp4") -> str:
    published = part.video.published
    return f"/watch/{published.uuid}/{published.version}/{name}"


def content_of(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("master.m3u8", "application/vnd.apple.mpegurl"),
        ("360p.m3u8", "application/vnd.apple.mpegurl"),
        ("360p_00000.m4s", "video/iso.segment"),
        ("video.mp4", "video/mp4"),
        ("poster.jpg", "image/jpeg"),
    ],
)
def test_anybody_gets_the_files_of_a_public_part_and_may_keep_them(client, part, name, content_type):
    answer = client.get(address(part, name))
    assert answer.status_code == 200
    assert answer["Content-Type"] == content_type
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert {"public", "immutable"} <= set(answer["Cache-Control"].split(", "))
    assert "Cookie" not in answer.get("Vary", "")
    assert len(content_of(answer)) == int(answer["Content-Length"])


@pytest.mark.parametrize(
    ("asked", "status", "content", "content_range"),
    [
        ("bytes=0-9", 206, MP4[:10], "bytes 0-9/1024"),
        ("bytes=1000-", 206, MP4[1000:], "bytes 1000-1023/1024"),
        ("bytes=-24", 206, MP4[-24:], "bytes 1000-1023/1024"),
        ("bytes=5-5", 206, MP4[5:6], "bytes 5-5/1024"),
        ("bytes=0-1,4-5", 200, MP4, None),
        ("lines=1-2", 200, MP4, None),
        ("bytes=1024-", 416, b"", "bytes */1024"),
    ],
)
def test_a_range_is_answered_as_rfc_9110_says(client, part, asked, status, content, content_range):
    answer = client.get(address(part), headers={"Range": asked})
    assert answer.status_code == status
    assert content_of(answer) == content
    assert answer.get("Content-Range") == content_range
    assert answer["Accept-Ranges"] == "bytes"


def test_a_head_request_tells_the_length_and_sends_nothing(client, part):
    answer = client.head(address(part), headers={"Range": "bytes=0-9"})
    assert (answer.status_code, answer["Content-Length"], content_of(answer)) == (200, "1024", b"")


def test_a_range_holds_only_for_the_file_that_if_range_names(client, part):
    etag = client.get(address(part))["ETag"]
    same = client.get(address(part), headers={"Range": "bytes=0-9", "If-Range": etag})
    other = client.get(address(part), headers={"Range": "bytes=0-9", "If-Range": '"other"'})
    assert (same.status_code, other.status_code) == (206, 200)
    assert (content_of(same), content_of(other)) == (MP4[:10], MP4)


def test_what_a_browser_has_already_is_not_sent_again(client, part):
    etag = client.get(address(part))["ETag"]
    assert client.get(address(part), headers={"If-None-Match": etag}).status_code == 304


TRAVERSALS = [
    "../../../secret.mp4",
    "..%2f..%2f..%2fsecret.mp4",
    "..%252f..%252fsecret.mp4",
    "%2e%2e/%2e%2e/secret.mp4",
    "..%5c..%5csecret.mp4",
    "%2fetc%2fpasswd",
    "....//secret.mp4",
    "..%c0%af..%c0%afsecret.mp4",
    "..;/secret.mp4",
    "%00secret.mp4",
    "secret.mp4%00.jpg",
    ".mp4",
    "MASTER.M3U8",
    "master.m3u8/",
    "attempt-1/360p.m3u8",
    "secret.txt",
    "secret.mp4.html",
    "video.mp4;.jpg",
]


@pytest.mark.parametrize("name", TRAVERSALS)
def test_no_way_leads_out_of_the_folder_of_a_published_encode(client, part, name):
    default_storage.save("secret.mp4", ContentFile(b"canary"))
    default_storage.save(f"{part.video.published.folder}/secret.txt", ContentFile(b"canary"))
    answer = client.get(address(part, name))
    assert answer.status_code == 404
    assert b"canary" not in content_of(answer)


@pytest.mark.parametrize("uuid_of", ["source", "running", "unknown", "word"])
def test_only_published_encodes_have_addresses(client, part, uuid_of):
    addresses = {
        "source": part.video.file.name.rpartition("/")[2].partition(".")[0],
        "running": running(video=part.video).uuid,
        "unknown": uuid.uuid4(),
        "word": "sources",
    }
    assert client.get(f"/watch/{addresses[uuid_of]}/{part.video.published.version}/video.mp4").status_code == 404


def test_neither_sources_nor_encodes_have_a_plain_address(client, part):
    for name in (part.video.file.name, f"{part.video.published.folder}/video.mp4"):
        assert client.get(f"/media/{name}").status_code == 404


def hide(part, how):
    if how == "unpublished":
        part.unpublish()
    elif how == "for members":
        PageViewRestriction.objects.create(page=part.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    elif how == "without its part":
        part.delete()


@pytest.mark.parametrize("how", ["unpublished", "for members", "without its part"])
def test_a_video_that_no_public_page_shows_is_there_for_its_editors_only(client, part, how, producer):
    where = address(part)
    hide(part, how)
    reader = get_user_model().objects.create_user(email="reader@example.org", password="a long one")
    assert client.get(where).status_code == 404
    client.force_login(reader)
    assert client.get(where).status_code == 404
    client.force_login(producer)
    answer = client.get(where)
    assert answer.status_code == 200
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    assert content_of(answer) == MP4


def test_the_trailer_of_a_public_masterclass_is_public(client):
    video = VideoFactory()
    publish(video)
    MasterclassPageFactory(trailer=video)
    assert client.get(video.playback.mp4).status_code == 200


def test_viewers_of_the_encode_before_may_finish_watching(client, part):
    before = address(part)
    publish(part.video)
    assert client.get(before).status_code == 200


def test_captions_are_served_as_webvtt_with_their_part_only(client, part, producer):
    row = PartCaptions.objects.create(
        part=part, language="en", webvtt="WEBVTT\n\n00:00.000 --> 00:02.000\n<i>Hello</i>\n"
    )
    where = f"/watch/captions/{row.pk}.vtt"
    answer = client.get(where)
    assert answer["Content-Type"] == "text/vtt; charset=utf-8"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"<i>Hello</i>" in answer.content
    part.unpublish()
    assert client.get(where).status_code == 404
    client.force_login(producer)
    assert client.get(where).status_code == 200


def test_only_reading_is_allowed(client, part):
    assert client.post(address(part)).status_code == 405


def test_a_segment_costs_few_queries(client, part):
    assert len(queries_of(fetch(address(part, "360p_00000.m4s"), client))) <= 4


def test_a_file_that_has_gone_missing_is_not_found(client, part):
    default_storage.delete(f"{part.video.published.folder}/video.mp4")
    assert client.get(address(part)).status_code == 404
    assert Video.objects.count() == 1
