"""Media that are not in a folder of this machine: sources are fetched, encodes are sent, players are served."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage, default_storage

from masterclasses.actions import add_video
from masterclasses.models import Video
from masterclasses.transcoding import files
from tests.factories.masterclasses import PartPageFactory

pytestmark = pytest.mark.django_db


class Elsewhere(Storage):
    """Files that have names but no paths, as in S3."""

    def __init__(self, location: str) -> None:
        self.inner = FileSystemStorage(location=location)

    def __getattribute__(self, name: str):
        kept = {"_open", "_save", "delete", "exists", "listdir", "size", "get_modified_time"}
        return getattr(self.inner, name) if name in kept else super().__getattribute__(name)


@pytest.fixture
def _elsewhere(settings, tmp_path):
    there = {"BACKEND": f"{__name__}.Elsewhere", "OPTIONS": {"location": str(tmp_path / "far away")}}
    settings.STORAGES = settings.STORAGES | {"default": there}


@pytest.mark.usefixtures("_elsewhere")
def test_a_video_goes_all_the_way_without_a_media_folder(talk, encode_all, client, settings, commit):
    video = add_video(title="Talk", file=ContentFile(talk.read_bytes(), "talk.mp4"))
    assert files.local(video.file.name) is None
    encode_all(rounds=1)
    video = Video.objects.get()
    assert video.published, video.transcodes.get().reason
    PartPageFactory(video=video)
    answer = client.get(video.playback.mp4, headers={"Range": "bytes=4-7"})
    assert (answer.status_code, b"".join(answer.streaming_content)) == (206, b"ftyp")
    assert client.get(video.playback.hls).status_code == 200
    home = video.published.home
    with commit():
        video.delete()
    assert not default_storage.listdir(home)[1]
    assert not settings.MEDIA_ROOT.exists()
