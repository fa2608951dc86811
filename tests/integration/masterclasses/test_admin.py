"""What the people who look after videos see in the admin."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from masterclasses.models import Transcode, Video
from masterclasses.transcoding.tidying import tidy
from tests.factories.masterclasses import PartPageFactory, TranscodeFactory, VideoFactory, publish, running
from tests.queries import assert_constant_queries, fetch

pytestmark = pytest.mark.django_db


@pytest.fixture
def stories():
    """One video in every state, by its name."""
    done = VideoFactory(title="done")
    publish(done)
    waiting = TranscodeFactory(video__title="waiting")
    encoding = running(video__title="encoding", seconds_done=26)
    failed = TranscodeFactory(video__title="failed", status="failed", reason="The file is damaged.")
    return {row.title: row for row in (done, waiting.video, encoding.video, failed.video)}


def test_the_listing_tells_the_state_of_each_video(desk, stories):
    page = desk.get("/admin/media/").content.decode()
    for words in ("Ready", "Waiting", "Encoding: 43 %", "Failed"):
        assert f">{words}</span>" in page
    assert "Add audio" not in page
    assert "/media/videos/" not in page


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("done", "ready", "visitors can watch it"),
        ("waiting", "waiting", "next in line"),
        ("encoding", "encoding", "43 % done"),
        ("failed", "failed", "Encoding failed. The file is damaged."),
    ],
)
def test_the_video_says_how_it_is_and_offers_what_helps(desk, stories, name, code, words):
    video = stories[name]
    page = desk.get(f"/admin/media/edit/{video.pk}/").content.decode()
    assert words in page
    assert (f'action="/admin/videos/{video.pk}/retry/"' in page) is (code == "failed")
    answer = desk.get(f"/admin/videos/{video.pk}/state/")
    data = answer.json()
    assert (data["state"], data["open"]) == (code, code in {"waiting", "encoding"})
    assert words in data["html"]
    assert "no-store" in answer["Cache-Control"]


def test_the_chooser_tells_states_too(desk, stories):
    html = desk.get("/admin/media/chooser/video/").json()["html"]
    assert "Encoding: 43 %" in html


def test_a_part_shows_the_state_of_its_video(desk, stories):
    part = PartPageFactory(video=stories["failed"])
    page = desk.get(f"/admin/pages/{part.pk}/edit/").content.decode()
    assert "Encoding failed. The file is damaged." in page
    assert f"/admin/media/edit/{stories['failed'].pk}/" in page


def test_places_in_the_queue_are_counted(desk):
    rows = [TranscodeFactory() for _number in range(3)]
    answer = desk.get(f"/admin/videos/{rows[2].video_id}/state/").json()
    assert answer["place"] == 3
    assert "2 videos are ahead" in answer["words"]


def test_file_names_are_shown_escaped(desk):
    VideoFactory(original_name="<script>alert(1)</script>.mp4")
    page = desk.get("/admin/media/").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("who", ["nobody", "reader", "editor of articles"])
@pytest.mark.parametrize("what", ["state", "retry"])
def test_others_neither_read_nor_start_anything(client, stories, who, what):
    video = stories["failed"]
    if who != "nobody":
        user = get_user_model().objects.create_user(email="r@example.org", password="a long one")
        if who == "editor of articles":
            user.groups.add(Group.objects.create(name="No videos"))
        client.force_login(user)
    url = f"/admin/videos/{video.pk}/{what}/"
    answer = client.post(url) if what == "retry" else client.get(url)
    assert answer.status_code in {302, 403}
    assert video.transcodes.get().status == "failed"


def test_a_producer_from_our_own_group_may_upload_see_and_retry(client, stories):
    user = get_user_model().objects.create_user(email="v@example.org", password="a long one")
    user.groups.add(Group.objects.get(name="Video producers"))
    client.force_login(user)
    assert client.get("/admin/media/video/add/").status_code == 200
    assert client.get(f"/admin/videos/{stories['encoding'].pk}/state/").status_code == 200
    client.post(f"/admin/videos/{stories['failed'].pk}/retry/")
    assert stories["failed"].transcodes.get().status == "waiting"


def test_the_listing_costs_the_same_however_many_videos(desk):
    def grow(count: int) -> None:
        for _number in range(count):
            TranscodeFactory()

    # Four rows stay on one page of the listing when they grow tenfold; sessions and menus cost their share.
    assert_constant_queries(fetch("/admin/media/", desk), grow, rows=2, at_most=40)


def test_tidying_removes_what_nobody_needs_and_nothing_else():
    video = VideoFactory()
    before, now = publish(video), publish(video)
    day_ago = timezone.now() - timedelta(hours=25)
    recent = publish(video)
    Video.objects.filter(pk=video.pk).update(published=now)
    Transcode.objects.exclude(pk=recent.pk).update(finished_at=day_ago)
    Transcode.objects.filter(pk=recent.pk).update(finished_at=timezone.now())
    default_storage.save("videos/encodes/stray/attempt-1/360p.m3u8", ContentFile(b"half"))
    assert tidy() == 2
    assert not default_storage.exists(before.home)
    for kept in (now.folder, recent.folder):
        assert default_storage.exists(f"{kept}/video.mp4")
    assert default_storage.exists(video.file.name)


def test_sources_that_no_row_knows_go_after_a_day():
    name = default_storage.save("videos/sources/unknown.mp4", ContentFile(b"left over"))
    assert tidy() == 0
    assert tidy(now=timezone.now() + timedelta(hours=25)) == 1
    assert not default_storage.exists(name)
