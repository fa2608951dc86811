"""Resumable uploads, from the first byte to the video in the library."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from masterclasses.models import Upload, Video
from masterclasses.transcoding.tidying import tidy
from masterclasses.uploads import actions, arrival, disk
from tests.factories.masterclasses import VideoFactory, publish
from tests.tus import UPLOADS, upload_at

pytestmark = pytest.mark.django_db


def content_of(video: Video) -> bytes:
    with video.file.open() as stream:
        return stream.read()


def test_a_file_that_comes_in_pieces_becomes_a_video_and_is_encoded(tus, talk, producer):
    content = talk.read_bytes()
    half = len(content) // 2

    address = tus.begin(len(content), "The_marketplace.mp4")
    first = tus.patch(address, 0, content[:half])
    assert (first.status_code, first["Upload-Offset"]) == (204, str(half))
    assert tus.head(address)["Upload-Offset"] == str(half)
    assert not Video.objects.exists()
    last = tus.patch(address, half, content[half:])

    assert (last.status_code, last["Upload-Offset"]) == (204, str(len(content)))
    video = Video.objects.get()
    assert (video.title, video.original_name) == ("The marketplace", "The_marketplace.mp4")
    assert (round(video.duration), video.source_bytes, video.uploaded_by_user) == (3, len(content), producer)
    assert video.transcodes.get().status == "waiting"
    assert content_of(video) == content
    upload = upload_at(address)
    assert (upload.state, upload.video) == ("done", video)
    assert not disk.path_of(upload).exists()


def test_a_last_piece_that_is_sent_twice_makes_one_video(tus, talk):
    content = talk.read_bytes()
    address = tus.begin(len(content))
    tus.patch(address, 0, content)

    again = tus.patch(address, 0, content)
    empty = tus.patch(address, len(content), b"")
    arrival.settle(upload_at(address).pk)

    assert again.status_code == 409
    assert (empty.status_code, empty["Upload-Offset"]) == (204, str(len(content)))
    assert tus.head(address)["Upload-Offset"] == str(len(content))
    assert Video.objects.count() == 1
    assert Video.objects.get().transcodes.count() == 1


class Cut(io.RawIOBase):
    """A body whose line is cut after some bytes."""

    def __init__(self, content: bytes, *, with_error: bool) -> None:
        self.content, self.with_error = io.BytesIO(content), with_error

    def read(self, size: int = -1) -> bytes:
        block = self.content.read(size)
        if not block and self.with_error:
            raise ConnectionResetError
        return block


@pytest.mark.parametrize("with_error", [True, False])
def test_what_arrived_before_the_line_was_cut_is_kept(tus, talk, with_error):
    content = talk.read_bytes()
    address = tus.begin(len(content))
    upload = upload_at(address)

    actions.receive(
        upload=upload, offset=0, read=Cut(content[:70_000], with_error=with_error).read, length=len(content)
    )

    assert upload_at(address).offset == disk.size_of(upload) == 70_000
    assert tus.patch(address, 70_000, content[70_000:]).status_code == 204
    assert content_of(Video.objects.get()) == content


def test_after_a_killed_process_the_true_offset_is_found_on_the_disk(tus, talk):
    content = talk.read_bytes()
    address = tus.begin(len(content))
    tus.patch(address, 0, content[:1000])
    upload = upload_at(address)
    with disk.path_of(upload).open("ab") as stream:
        stream.write(content[1000:5000])  # written, and then killed before the row was changed

    assert tus.head(address)["Upload-Offset"] == "5000"
    assert upload_at(address).offset == 5000


def test_a_file_shorter_than_its_row_is_sent_again_from_where_it_ends(tus, talk):
    content = talk.read_bytes()
    address = tus.begin(len(content))
    tus.patch(address, 0, content[:5000])
    disk.cut(upload_at(address), 1000)

    assert tus.patch(address, 5000, content[5000:]).status_code == 409
    assert tus.head(address)["Upload-Offset"] == "1000"
    tus.patch(address, 1000, content[1000:])
    assert content_of(Video.objects.get()) == content


def test_a_process_killed_after_the_last_byte_is_made_up_for_by_a_question(tus, talk):
    content = talk.read_bytes()
    address = tus.begin(len(content))
    disk.folder()
    disk.path_of(upload_at(address)).write_bytes(content)

    assert tus.head(address)["Upload-Offset"] == str(len(content))
    assert Video.objects.count() == 1


@pytest.mark.parametrize("stored", [False, True])
def test_a_check_whose_process_was_killed_is_made_up_for_by_the_next_tick(tus, talk, stored):
    content = talk.read_bytes()
    upload = upload_at(tus.begin(len(content)))
    disk.folder()
    disk.path_of(upload).write_bytes(content)
    Upload.objects.update(offset=len(content), state="checking")
    claimed = actions.claim_check(upload.pk)
    if stored:
        arrival.examine(claimed)
        arrival.store(claimed)

    arrival.settle_forgotten()
    assert not Video.objects.exists()
    Upload.objects.update(writer_until=timezone.now() - timedelta(seconds=1))
    arrival.settle_forgotten()

    assert content_of(Video.objects.get()) == content
    assert upload_at(f"/{upload.uuid}/").state == "done"


def test_a_storage_that_fails_is_tried_again_and_then_said_to_fail(tus, talk, monkeypatch):
    content = talk.read_bytes()
    monkeypatch.setattr(arrival, "store", lambda upload: (_ for _ in ()).throw(OSError("bucket is away")))

    upload = tus.send(content)
    assert (upload.state, upload.attempts) == ("checking", 1)
    for _round in range(2):
        Upload.objects.update(writer_until=timezone.now() - timedelta(seconds=1))
        arrival.settle_forgotten()

    upload.refresh_from_db()
    assert upload.state == "refused"
    assert "tried 3 times" in upload.reason
    assert not Video.objects.exists()


def test_who_gives_up_leaves_nothing(tus, commit):
    address = tus.begin(10)
    tus.patch(address, 0, b"abc")
    path = disk.path_of(upload_at(address))

    with commit():
        assert tus.delete(address).status_code == 204

    assert not path.exists()
    assert not Upload.objects.exists()
    assert tus.head(address).status_code == 404


def test_a_file_cannot_be_given_up_while_it_is_checked(tus):
    address = tus.begin(10)
    Upload.objects.update(state="checking")

    assert tus.delete(address).status_code == 409
    assert Upload.objects.exists()


def test_an_upload_whose_next_byte_never_comes_expires(tus):
    address = tus.begin(10)
    tus.patch(address, 0, b"abc")
    path = disk.path_of(upload_at(address))
    late = timezone.now() + Upload.keep_for + timedelta(minutes=1)

    assert "Upload-Expires" in tus.head(address)
    assert tidy(now=late) == 1

    assert not path.exists()
    answer = tus.head(address)
    assert answer.status_code == 410
    assert "did not come in time" in upload_at(address).reason


def test_a_late_byte_is_refused_even_before_the_tidying(tus):
    address = tus.begin(10)
    Upload.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert tus.patch(address, 0, b"abc").status_code == 410


def test_tidying_removes_strays_and_forgets_what_has_ended(tus):
    kept = upload_at(tus.begin(10))
    tus.patch(f"{UPLOADS}{kept.uuid}/", 0, b"abc")
    stray = disk.folder() / "00000000-0000-4000-8000-000000000001"
    stray.write_bytes(b"left over")
    VideoFactory()
    refused = upload_at(tus.begin(10))
    Upload.objects.filter(pk=refused.pk).update(
        state="refused", reason="It is damaged.", changed_at=timezone.now() - timedelta(days=8)
    )

    assert tidy() == 0
    tidy(now=timezone.now() + timedelta(hours=2))

    assert not stray.exists()
    assert disk.path_of(kept).exists()
    assert list(Upload.objects.all()) == [kept]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("-i.mp4", "-i.mp4"),
        ("concat:a|b.mp4", "concat:a|b.mp4"),
        ("../../x.mp4", "x.mp4"),
        ("C:\\films\\x.mp4", "x.mp4"),
        ("a\r\nb.mp4", "a b.mp4"),
        ("nul\x00.mp4", "nul .mp4"),
        ("\u202e4pm.exe", "4pm.exe"),
        ("a" * 300 + ".mp4", "a" * 255),
        ("", "video"),
        ("<b>bold.mp4", "<b>bold.mp4"),
    ],
)
def test_a_good_file_with_a_bad_name_is_taken_under_a_name_of_ours(tus, talk, name, shown):
    upload = tus.send(talk.read_bytes(), name)

    video = Video.objects.get()
    assert (upload.file_name, video.original_name) == (shown, shown)
    assert re.fullmatch(r"videos/sources/[0-9a-f-]{36}\.(mp4|video)", video.file.name)
    assert "<b>bold" not in tus.client.get("/admin/media/").content.decode()


def test_a_replaced_file_keeps_the_video_and_what_viewers_see(tus, talk, commit):
    video = VideoFactory(title="The marketplace")
    before, published = video.file.name, publish(video)

    with commit():
        upload = tus.send(talk.read_bytes(), "second take.mp4", replaces=video.pk)

    assert upload.video == video
    video.refresh_from_db()
    assert (video.title, video.original_name, video.published) == ("The marketplace", "second take.mp4", published)
    assert content_of(video) == talk.read_bytes()
    assert video.transcodes.order_by("-pk").first().status == "waiting"
    assert not default_storage.exists(before)
    assert Video.objects.count() == 1


def test_a_replacement_that_fails_leaves_the_file_before(tus, talk, commit, monkeypatch):
    video = VideoFactory()
    before = video.file.name
    monkeypatch.setattr("masterclasses.actions.start_transcode", lambda *args, **kwargs: 1 / 0)

    with commit():
        upload = tus.send(talk.read_bytes(), replaces=video.pk)

    video.refresh_from_db()
    assert (upload.state, video.file.name) == ("checking", before)
    assert default_storage.exists(before)
