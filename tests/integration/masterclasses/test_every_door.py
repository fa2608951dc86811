"""Every address that takes a file, found in the URLconf: a new one fails here until it asks the same gate."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from masterclasses.actions import add_video
from masterclasses.models import Upload, Video
from masterclasses.validation import validate_source
from tests.addresses import admin_addresses
from tests.factories.masterclasses import VideoFactory, publish
from tests.tus import UPLOADS

pytestmark = pytest.mark.django_db

CHOOSER = "media-chooser-upload-"
#: Forms that take videos.
VIDEO_DOORS = {
    "/admin/media/video/add/",
    "/admin/media/audio/add/",
    "/admin/media/edit/1/",
    "/admin/media/video/chooser/upload/",
    "/admin/media/audio/chooser/upload/",
}
RESUMABLE = {UPLOADS}
#: These take pictures, documents and tables, and have gates of their own; no video comes of them.
OTHERS = (
    "/admin/images/",
    "/admin/documents/",
    "/django-admin/wagtaildocs/",
    "/admin/redirects/",
    "/admin/workflows/",
    "/admin/subscriber-import/",
    "/admin/digest-log/",
    "/admin/wordpress-import/",
)
FORMS = re.compile(r"<form\b[^>]*>", re.IGNORECASE)
ACTION = re.compile(r'action="([^"]*)"')


def addresses() -> list[str]:
    return [address for address in admin_addresses() if "logout" not in address]


def pages_of(client) -> Iterator[tuple[str, str]]:
    for address in addresses():
        address = address.replace("/admin/media/1/", "/admin/media/video/")  # "1" is the walk's word for any kind
        answer = client.get(address)
        if answer.status_code != 200 or answer.streaming:
            continue
        text = answer.content.decode(errors="replace")
        yield address, json.loads(text).get("html") or "" if "chooser" in address and text[:1] == "{" else text


def doors_of(client) -> set[str]:
    found = set()
    for address, page in pages_of(client):
        for form in FORMS.findall(page):
            if "multipart/form-data" in form:
                action = ACTION.search(form)
                found.add((action[1] if action else "") or address)
    return found


def test_every_door_is_known(desk):
    VideoFactory(pk=1)
    desk.raise_request_exception = False  # Wagtail keeps one address that fails on purpose

    doors = {door for door in doors_of(desk) if not door.startswith(OTHERS)}
    resumable = {path for path in addresses() if "Tus-Extension" in desk.options(path)}

    assert doors - {"/admin/account/", ""} <= VIDEO_DOORS
    assert {"/admin/media/video/add/", "/admin/media/edit/1/", "/admin/media/video/chooser/upload/"} <= doors
    assert {path for path in resumable if "00000000" not in path} == RESUMABLE


@pytest.mark.parametrize("door", sorted(VIDEO_DOORS))
@pytest.mark.parametrize("content", [b"Dear colleague", b"#EXTM3U\n#EXTINF:4,\nsegment.ts\n"])
def test_every_form_asks_the_gate(desk, talk, door, content):
    before = add_video(title="Talk", file=ContentFile(talk.read_bytes(), "talk.mp4"))
    door = door.replace("edit/1/", f"edit/{before.pk}/")
    prefix = CHOOSER if "chooser" in door else ""

    answer = desk.post(door, {f"{prefix}title": "Letter", f"{prefix}file": SimpleUploadedFile("a.mp4", content)})

    said = json.loads(answer.content)["html"] if prefix else answer.content.decode()
    assert "not a supported video file" in said
    video = Video.objects.get()
    assert (video.title, video.file.name, video.transcodes.count()) == ("Talk", before.file.name, 1)
    assert default_storage.listdir("videos/sources")[1] == [before.file.name.rpartition("/")[2]]


def test_the_resumable_door_asks_the_gate(tus):
    assert tus.send(b"Dear colleague").state == "refused"
    assert not Video.objects.exists()


def test_a_source_is_deleted_only_when_its_successor_is_saved(desk, talk, upload_of, commit, monkeypatch):
    video = VideoFactory()
    before = video.file.name
    address = f"/admin/media/edit/{video.pk}/"
    desk.raise_request_exception = False

    with pytest.MonkeyPatch.context() as patch, commit():
        patch.setattr("masterclasses.actions.start_transcode", lambda *args, **kwargs: 1 / 0)
        answer = desk.post(address, {"title": "Talk", "file": upload_of(talk)})
    assert answer.status_code == 500
    video.refresh_from_db()
    assert video.file.name == before
    assert default_storage.exists(before)

    with commit():
        desk.post(address, {"title": "Talk", "file": upload_of(talk)})
    video.refresh_from_db()
    assert video.file.name != before
    assert default_storage.exists(video.file.name)
    assert not default_storage.exists(before)
    assert not Upload.objects.exists()


def test_an_encode_that_is_published_while_a_new_file_is_checked_stays_published(desk, talk, upload_of, monkeypatch):
    video = VideoFactory()
    published = []

    def slowly(file):
        published.append(publish(Video.objects.get()))
        return validate_source(file)

    monkeypatch.setattr("masterclasses.forms.validate_source", slowly)
    desk.post(f"/admin/media/edit/{video.pk}/", {"title": "Talk", "file": upload_of(talk)})

    assert [Video.objects.get().published] == published
