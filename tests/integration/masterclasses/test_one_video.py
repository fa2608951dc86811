"""From the upload in the admin to the player on the part page, with a real file and a real ffmpeg."""

from __future__ import annotations

import pytest
from django.core import mail
from django.core.files.storage import default_storage

from jobs.models import Notice
from masterclasses.models import Transcode, Video
from masterclasses.transcoding import files
from masterclasses.transcoding.probe import probe_file
from tests.factories.masterclasses import PartPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def uploaded(desk, talk, upload_of):
    answer = desk.post("/admin/media/video/add/", {"title": "The marketplace", "file": upload_of(talk)})
    assert answer.status_code == 302, answer.context["form"].errors
    return Video.objects.get()


def test_an_upload_is_stored_under_a_name_of_ours_and_waits_to_be_encoded(uploaded, producer):
    assert uploaded.file.name.startswith("videos/sources/")
    assert "talk" not in uploaded.file.name
    assert uploaded.original_name == uploaded.filename == "talk.mp4"
    assert (uploaded.width, uploaded.height, round(uploaded.duration)) == (640, 360, 3)
    assert uploaded.uploaded_by_user == producer
    transcode = uploaded.transcodes.get()
    assert (transcode.status, transcode.source_name) == ("waiting", uploaded.file.name)


def test_an_encode_makes_every_output_complete(uploaded, encode_all):
    encode_all()
    uploaded.refresh_from_db()
    transcode = uploaded.published
    assert (transcode.status, transcode.percent) == ("done", 100), transcode.reason
    folder = files.local(transcode.folder)
    mp4 = probe_file(folder / "video.mp4")
    assert (mp4.width, mp4.height, mp4.has_audio) == (640, 360, True)
    assert mp4.seconds == pytest.approx(3, abs=0.5)
    names = {rendition.name for rendition in transcode.renditions.all()}
    assert names == {"360p.m3u8", "video.mp4", "poster.jpg", "audio.m4a", "storyboard.vtt"}
    master = (folder / "master.m3u8").read_text()
    assert "RESOLUTION=640x360" in master
    assert 'URI="audio.m3u8"' in master
    assert "avc1.64" in master
    left = {path.name for path in folder.iterdir()}
    assert "joined.mp4" not in left
    assert {f"poster_{number:02d}.jpg" for number in range(1, 9)} <= left
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_the_part_page_plays_it(uploaded, encode_all, client):
    encode_all()
    part = PartPageFactory(video=Video.objects.get())
    client.logout()
    page = client.get(part.url).content.decode()
    playback = part.video.playback
    assert f'<source src="{playback.hls}" type="application/vnd.apple.mpegurl">' in page
    assert f'<source src="{playback.mp4}" type="video/mp4">' in page
    assert f'poster="{playback.poster}"' in page
    assert '"@type": "VideoObject"' in page or '"@type":"VideoObject"' in page
    for address in (playback.hls, playback.mp4, playback.poster):
        assert client.get(address).status_code == 200


def test_the_uploader_is_told_once_however_often_it_is_replayed(uploaded, encode_all, producer):
    encode_all()
    transcode = Transcode.objects.get()
    for _again in range(3):
        transcode.after_done()
    notice = Notice.objects.get()
    assert (notice.recipient, notice.event, notice.level) == (producer, "ready", "good")
    assert "The marketplace" in notice.title
    assert len(mail.outbox) <= 1


def test_replacing_the_file_keeps_what_viewers_have_until_the_new_one_is_ready(
    uploaded, desk, talk, upload_of, encode_all
):
    encode_all()
    first = Video.objects.get().published
    answer = desk.post(f"/admin/media/edit/{uploaded.pk}/", {"title": "Again", "file": upload_of(talk, "second.mp4")})
    assert answer.status_code == 302
    uploaded.refresh_from_db()
    assert uploaded.published == first
    assert default_storage.exists(f"{first.folder}/video.mp4")
    encode_all()
    uploaded.refresh_from_db()
    assert uploaded.published != first
    assert uploaded.published.source_name == uploaded.file.name


def test_saving_other_fields_encodes_nothing_again(uploaded, desk):
    desk.post(f"/admin/media/edit/{uploaded.pk}/", {"title": "A better title"})
    uploaded.refresh_from_db()
    assert uploaded.title == "A better title"
    assert uploaded.transcodes.count() == 1


def test_deleting_a_video_removes_its_files(uploaded, desk, encode_all, commit):
    encode_all()
    source, folder = uploaded.file.name, Video.objects.get().published.home
    with commit():
        desk.post(f"/admin/media/delete/{uploaded.pk}/")
    assert not Video.objects.exists()
    assert not default_storage.exists(source)
    assert not default_storage.exists(folder)
