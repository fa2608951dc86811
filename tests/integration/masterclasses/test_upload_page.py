"""The admin's page for uploads, who may use it, and quotas by collection."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.utils import timezone
from wagtail.models import Collection, GroupCollectionPermission

from accounts.groups import VIDEO_PRODUCERS
from masterclasses.models import CollectionQuota, Upload, Video
from masterclasses.templatetags import video_tags
from tests.factories.masterclasses import VideoFactory
from tests.queries import assert_constant_queries, fetch
from tests.tus import UPLOADS, VERSION, Tus, upload_at

pytestmark = pytest.mark.django_db
PAGE = "/admin/videos/upload/"
ADD = "/admin/media/video/add/"


def producer_of(collection: Collection, name: str = "Talks' producers") -> Client:
    """Somebody who may add videos to one collection and no other."""
    group = Group.objects.create(name=name)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    add = Permission.objects.get(content_type__app_label="wagtailmedia", codename="add_media")
    GroupCollectionPermission.objects.create(group=group, collection=collection, permission=add)
    user = get_user_model().objects.create_user(email=f"{name[:3]}@example.org", password="a long one")
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def talks() -> Collection:
    return Collection.get_first_root_node().add_child(name="Talks")


def quota(collection: Collection, size: int) -> CollectionQuota:
    return CollectionQuota.objects.create(collection=collection, gigabytes=Decimal(size) / 1000)


def test_the_page_lists_what_is_unfinished_and_what_became_of_the_rest(desk, tus, producer):
    address = tus.begin(1000, "first take.mp4")
    tus.patch(address, 0, b"x" * 430)
    root = Collection.get_first_root_node()
    common = {"owner": producer, "collection": root, "length": 5, "expires_at": timezone.now()}
    Upload.objects.create(title="Letter", file_name="letter.mp4", state="refused", reason="It is no video.", **common)
    VideoFactory(title="A talk")
    Upload.objects.create(title="Talk", file_name="t.mp4", state="done", video=Video.objects.get(), **common)

    page = desk.get(PAGE).content.decode()

    assert "430\xa0bytes of 1000\xa0bytes have arrived (43 %)." in page
    assert "Choose the same file again to continue at 43 %" in page
    assert "It is no video." in page
    assert ">A talk</a>" in page
    assert 'accept=".mp4,' in page


def test_the_page_costs_the_same_however_long_its_list_is(desk, producer):
    root = Collection.get_first_root_node()

    def grow(count: int) -> None:
        for _number in range(count):
            common = {"owner": producer, "collection": root, "length": 5, "expires_at": timezone.now()}
            VideoFactory()
            video = Video.objects.latest("pk")
            Upload.objects.create(title="T", file_name="t.mp4", state="done", video=video, **common)

    assert_constant_queries(fetch(PAGE, desk), grow, rows=2, at_most=30)


def test_without_the_script_from_npm_the_page_says_so_and_leads_to_the_form(desk, monkeypatch):
    monkeypatch.setattr(video_tags, "_is_installed", lambda *args: False)

    page = desk.get(PAGE).content.decode()

    assert "not installed on this server" in page
    assert f'href="{ADD}"' in page
    assert "uploads.js" not in page


def test_the_library_the_form_and_the_chooser_lead_to_it(desk):
    video = VideoFactory()
    assert f'href="{PAGE}"' in desk.get("/admin/media/").content.decode()
    assert f'href="{PAGE}"' in desk.get(ADD).content.decode()
    assert PAGE in desk.get("/admin/media/chooser/video/").json()["html"]
    assert f'href="/admin/videos/{video.pk}/replace/"' in desk.get(f"/admin/media/edit/{video.pk}/").content.decode()


def test_the_state_of_an_upload_says_where_its_video_is(desk, tus, talk):
    upload = tus.send(talk.read_bytes(), "first take.mp4")

    state = desk.get(f"{UPLOADS}{upload.uuid}/state/").json()

    assert (state["state"], state["percent"], state["title"]) == ("done", 100, "first take")
    assert state["edit"] == f"/admin/media/edit/{upload.video_id}/"


def test_a_list_is_cleared_without_a_script(desk, tus, commit):
    upload = upload_at(tus.begin(10))

    with commit():
        answer = desk.post(f"{UPLOADS}{upload.uuid}/discard/", follow=True)

    assert "is off the list" in answer.content.decode()
    assert not Upload.objects.exists()


@pytest.mark.parametrize("who", ["nobody", "reader", "another producer"])
def test_an_upload_is_its_owners_alone(tus, who):
    address = tus.begin(10)
    other = Client()
    if who != "nobody":
        user = get_user_model().objects.create_user(email="o@example.org", password="a long one")
        if who == "another producer":
            user.groups.add(Group.objects.get(name=VIDEO_PRODUCERS))
        other.force_login(user)
    stranger = Tus(other)

    answers = [
        stranger.head(address),
        stranger.patch(address, 0, b"abc"),
        stranger.delete(address),
        other.get(f"{address}state/"),
        other.post(f"{address}discard/"),
    ]

    allowed = {404} if who == "another producer" else {302, 403}
    assert {answer.status_code for answer in answers} <= allowed
    assert upload_at(address).offset == 0


def test_a_producer_uploads_to_a_collection_of_theirs_and_no_other(talks):
    client = producer_of(talks)
    elsewhere = Collection.get_first_root_node().add_child(name="Elsewhere")
    video = VideoFactory()

    assert client.get(PAGE).status_code == 200
    assert Tus(client).create(10, collection=talks.pk).status_code == 201
    assert Upload.objects.get().collection == talks
    assert Tus(client).create(10, collection=elsewhere.pk).status_code == 403
    assert Tus(client).create(10, collection="x").status_code == 403
    assert Tus(client).create(10, replaces=video.pk).status_code == 403
    assert client.get(f"/admin/videos/{video.pk}/replace/").status_code == 302
    assert Upload.objects.count() == 1


@pytest.mark.parametrize("when", ["before the next piece", "before the check"])
def test_a_right_that_is_taken_away_ends_the_upload(talks, talk, when):
    client, content = producer_of(talks), talk.read_bytes()
    tus = Tus(client)
    address = tus.begin(len(content), collection=talks.pk)

    if when == "before the check":
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("masterclasses.views.tus.settle", lambda pk: None)
            tus.patch(address, 0, content)
    GroupCollectionPermission.objects.filter(collection=talks).delete()
    answer = tus.patch(address, 0, content)

    assert answer.status_code in {302, 403}
    assert not Video.objects.exists()


def test_pieces_need_the_token_of_the_session(producer):
    client = Client(enforce_csrf_checks=True)
    client.force_login(producer)

    assert client.generic("POST", UPLOADS, headers={**VERSION, "Upload-Length": "10"}).status_code == 403
    assert client.generic("PATCH", f"{UPLOADS}00000000-0000-4000-8000-000000000001/").status_code == 403


def test_a_full_collection_refuses_at_every_door_with_used_limit_and_what_to_do(tus, desk, talks, talk, upload_of):
    VideoFactory(collection=talks, source_bytes=9 * 1024**2)
    quota(talks, 10)
    size = talk.stat().st_size + 2 * 1024**2

    refused = tus.create(size, collection=talks.pk)
    words = refused.content.decode().replace("\xa0", " ")

    assert refused.status_code == 413
    assert "“Talks” has no room" in words
    assert "9.0 MB of 10.2 MB are used" in words
    assert "Delete videos" in words
    VideoFactory(collection=talks, source_bytes=1024**2)
    answer = desk.post(ADD, {"title": "Talk", "file": upload_of(talk), "collection": talks.pk})
    assert "has no room" in answer.content.decode()
    assert Video.objects.count() == 2


def test_a_quota_holds_for_collections_inside_and_counts_what_is_on_its_way(tus, talks):
    inside = talks.add_child(name="2026")
    quota(talks, 10)

    assert tus.create(6_000_000, collection=inside.pk).status_code == 201
    assert tus.create(6_000_000, collection=talks.pk).status_code == 413
    assert tus.create(6_000_000, collection=Collection.get_first_root_node().pk).status_code == 201


def test_a_replacement_counts_only_what_it_adds(tus, talks):
    video = VideoFactory(collection=talks, source_bytes=9_000_000)
    quota(talks, 10)

    assert tus.create(10_000_000, replaces=video.pk).status_code == 201
    assert tus.create(10_000_000, replaces=video.pk).status_code == 413


def test_a_quota_that_shrinks_meanwhile_is_asked_again_at_the_end(tus, talks, talk):
    content = talk.read_bytes()
    address = tus.begin(len(content), collection=talks.pk)
    VideoFactory(collection=talks, source_bytes=50_000_000)
    quota(talks, 40)

    tus.patch(address, 0, content)

    assert upload_at(address).state == "refused"
    assert "has no room" in upload_at(address).reason
    assert tus.head(address).status_code == 410


def test_moving_a_video_into_a_full_collection_is_refused(desk, talks):
    video = VideoFactory(source_bytes=20_000_000)
    quota(talks, 10)

    answer = desk.post(f"/admin/media/edit/{video.pk}/", {"title": "Moved", "collection": talks.pk})

    assert "has no room" in answer.content.decode()
    video.refresh_from_db()
    assert video.collection != talks


def test_quotas_are_edited_in_the_settings_and_show_what_is_used(desk, talks):
    VideoFactory(collection=talks, source_bytes=3 * 1024**3)

    desk.post("/admin/video_quotas/new/", {"collection": talks.pk, "gigabytes": "10"})

    listing = desk.get("/admin/video_quotas/").content.decode().replace("\xa0", " ")
    assert "3.0 GB" in listing
    assert "10.0 GB" in listing

    def grow(count: int) -> None:
        for number in range(count):
            quota(talks.add_child(name=f"Room {number}"), 10)

    assert_constant_queries(fetch("/admin/video_quotas/", desk), grow, rows=2, at_most=30)


def test_a_broker_that_is_down_hinders_no_upload(tus, talk, monkeypatch, commit):
    def refuse(*args, **kwargs):
        raise ConnectionError

    monkeypatch.setattr("jobs.wakeups.current_app.connection_for_write", refuse)
    began = timezone.now()

    with commit():
        upload = tus.send(talk.read_bytes())

    assert upload.state == "done"
    assert upload.video.transcodes.get().status == "waiting"
    assert timezone.now() - began < timedelta(seconds=20)
