"""Who gets the files of a video that is not for everybody (reliability B1, 1.13)."""

from __future__ import annotations

import time

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from wagtail.models import PageViewRestriction

from tests.factories.masterclasses import MasterclassPageFactory, PartPageFactory
from tests.factories.restricted import (
    CANARY,
    FILES,
    GROUPS,
    address,
    content_of,
    part_with_files,
    restrict,
    signed_in,
    token_for,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def part():
    return part_with_files()


@pytest.fixture
def reader():
    return get_user_model().objects.create_user(email="reader@example.org", password="a long one")


@pytest.fixture
def other():
    return get_user_model().objects.create_user(email="other@example.org", password="a long one")


@pytest.mark.parametrize(("name", "content_type"), FILES.items())
def test_a_member_gets_every_file_under_a_signed_address_and_no_cache_keeps_it(part, reader, name, content_type):
    restrict(part.get_parent())
    answer = signed_in(reader).get(address(part, name, token=token_for(part, reader)))
    assert answer.status_code == 200
    assert answer["Content-Type"] == content_type
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    "case", ["anonymous", "other user", "expired token", "token of another video", "no token", "forged token"]
)
def test_nobody_else_gets_any_file(part, reader, other, name, case):
    restrict(part)
    token = token_for(part, reader)
    later = 4 * 3600 if case == "expired token" else 0
    user = {"anonymous": None, "other user": other}.get(case, reader)
    if case == "token of another video":
        token = token_for(part_with_files(), reader)
    forged = token[:-2] + ("BB" if token.endswith("AA") else "AA")
    token = {"no token": "", "forged token": forged}.get(case, token)
    client = signed_in(user)
    with time_machine.travel(time.time() + later, tick=False):
        answer = client.get(address(part, name, token=token))
    assert answer.status_code == 404
    assert "public" not in answer.get("Cache-Control", "")


TRAVERSALS = [
    "{}../../../secret.mp4",
    "{}..%2f..%2f..%2fsecret.mp4",
    "{}..%252f..%252f..%252fsecret.mp4",
    "{}%2e%2e/%2e%2e/%2e%2e/secret.mp4",
    "{}..%5c..%5c..%5csecret.mp4",
    "{}..%c0%af..%c0%afsecret.mp4",
    "{}%00secret.mp4",
    "{}....//....//secret.mp4",
    "{}..;/..;/secret.mp4",
    "{}video.mp4/../../../../secret.mp4",
    "{}video.mp4%2f..%2f..%2f..%2f..%2fsecret.mp4",
    "{}%uff0e%uff0e/secret.mp4",
    "{}%e2%80%ae4pm.terces",
    "public/..{}",
    "../{}",
]


@pytest.mark.parametrize("shape", TRAVERSALS)
def test_no_spelling_of_a_path_leads_around_the_check_or_out_of_the_folder(part, reader, shape):
    """Also with a token that holds, and after a public folder, which is how a proxy was led around a check."""
    restrict(part)
    default_storage.save("secret.mp4", ContentFile(CANARY))
    public = part_with_files()
    for client, token in ((signed_in(None), ""), (signed_in(reader), token_for(part, reader))):
        inside = address(part, "", token=token)
        asked = [shape.format(inside), address(public) + "/.." + shape.format(f"/{part.video.published.version}/")]
        for where in asked:
            where = where if where.startswith("/") else address(public, where)
            answer = client.get(where)
            assert answer.status_code in {403, 404}
            assert CANARY not in content_of(answer)


def test_the_source_has_no_address_for_anybody_but_the_admin(part, reader):
    token = token_for(part, reader)
    for name in (part.video.file.name, f"{part.video.published.folder}/video.mp4"):
        for where in (f"/media/{name}", f"/media/images/../{name}", f"/watch/{name}", address(part, name, token=token)):
            assert signed_in(reader).get(where).status_code in {400, 404}


def test_a_token_is_refused_where_its_session_has_ended(part, reader):
    restrict(part)
    client = signed_in(reader)
    where = address(part, token=token_for(part, reader))
    assert client.get(where).status_code == 200
    client.logout()
    assert client.get(where).status_code == 404


def test_groups_count_on_the_page_and_on_every_page_above(part, reader, other):
    alumni, board = Group.objects.create(name="Alumni"), Group.objects.create(name="Board")
    restrict(part.get_parent(), GROUPS, alumni)
    restrict(part, GROUPS, board)
    reader.groups.set([alumni, board])
    other.groups.set([alumni])
    assert signed_in(reader).get(address(part, token=token_for(part, reader))).status_code == 200
    assert signed_in(other).get(address(part, token=token_for(part, other))).status_code == 404


def test_leaving_a_group_ends_watching_at_once(part, reader):
    alumni = Group.objects.create(name="Alumni")
    restrict(part, GROUPS, alumni)
    reader.groups.add(alumni)
    client, where = signed_in(reader), address(part, token=token_for(part, reader))
    assert client.get(where).status_code == 200
    reader.groups.clear()
    assert client.get(where).status_code == 404


def test_a_shared_password_opens_no_video(part, reader):
    restrict(part, PageViewRestriction.PASSWORD)
    assert signed_in(reader).get(address(part, token=token_for(part, reader))).status_code == 404


@pytest.mark.parametrize("how", ["unpublished", "restricted", "moved below a restricted page", "deleted"])
def test_what_was_public_is_closed_with_the_very_next_request(part, how, commit):
    client, where = signed_in(None), address(part)
    members_only = MasterclassPageFactory()
    restrict(members_only)
    assert client.get(where).status_code == 200
    with commit():
        if how == "unpublished":
            part.unpublish()
        elif how == "restricted":
            restrict(part.get_parent())
        elif how == "deleted":
            part.delete()
        else:
            part.move(members_only, pos="last-child")
    assert client.get(where).status_code == 404


def test_a_member_of_a_part_that_is_unpublished_stops_with_the_very_next_request(part, reader, commit):
    restrict(part)
    client, where = signed_in(reader), address(part, token=token_for(part, reader))
    assert client.get(where).status_code == 200
    with commit():
        part.unpublish()
    assert client.get(where).status_code == 404


def test_a_video_on_a_public_page_is_public_whatever_else_shows_it(part):
    hidden = PartPageFactory(video=part.video)
    restrict(hidden)
    answer = signed_in(None).get(address(part))
    assert answer.status_code == 200
    assert "immutable" in answer["Cache-Control"]


def test_an_alias_of_a_restricted_part_opens_nothing(part):
    restrict(part)
    alias = part.create_alias(parent=MasterclassPageFactory())
    assert alias.live
    assert signed_in(None).get(address(part)).status_code == 404
