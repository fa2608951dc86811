"""What pages give away of a video that is not for everybody, and what the question costs for each file."""

from __future__ import annotations

import re
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from home import content_version
from masterclasses.access import memory, tokens
from masterclasses.models import PartCaptions
from tests.factories.restricted import (
    GROUPS,
    LOGIN,
    address,
    part_with_files,
    restrict,
    signed_in,
    token_for,
)
from tests.queries import fetch, queries_of

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


def test_a_restricted_page_shows_its_player_to_members_only_and_no_cache_keeps_it(part, reader, settings):
    settings.PAGE_CACHE_SECONDS = 60
    restrict(part)
    PartCaptions.objects.create(part=part, language="en", webvtt="WEBVTT\n")
    anonymous, member = signed_in(None), signed_in(reader)
    page = member.get(part.url)
    html = page.content.decode()
    addresses = re.findall(r'(?:src|poster|data-[a-z-]+)="(/watch/[^"#]*\.\w+)"', html)
    assert len(addresses) >= 4
    for where in addresses:
        assert "/~" in where
        assert member.get(where).status_code == 200
        assert anonymous.get(where).status_code == 404
    assert {"private", "no-store"} <= set(page["Cache-Control"].split(", "))
    refused = anonymous.get(part.url)
    assert refused.status_code == 302
    assert not anonymous.get(refused.url, follow=True).content.count(str(part.video.published.uuid).encode())


def test_no_member_is_given_the_addresses_of_another(part, reader, other, settings):
    settings.PAGE_CACHE_SECONDS = 60
    restrict(part)
    pages = [signed_in(user).get(part.url).content.decode() for user in (reader, other)]
    tokens_shown = [set(re.findall(r"/~([^/]+)/", page)) for page in pages]
    assert all(tokens_shown)
    assert tokens_shown[0].isdisjoint(tokens_shown[1])


def test_neither_cards_nor_previews_for_other_sites_show_the_still_of_a_restricted_part(part, reader):
    restrict(part)
    uuid = str(part.video.published.uuid)
    series = part.get_parent()
    for client in (signed_in(None), signed_in(reader)):
        for page in (series, series.get_parent()):
            assert uuid not in client.get(page.get_url()).content.decode()
    member_page = signed_in(reader).get(part.url).content.decode()
    head = member_page.partition("</head>")[0]
    assert uuid not in head


def test_captions_of_a_restricted_part_go_by_the_same_rule(part, reader, other):
    restrict(part)
    row = PartCaptions.objects.create(part=part, language="en", webvtt="WEBVTT\n")
    token = tokens.sign(subject=f"part-{part.pk}", user_pk=reader.pk)
    where = f"/watch/captions/~{token}/{row.pk}.vtt"
    answer = signed_in(reader).get(where)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert signed_in(other).get(where).status_code == 404
    assert signed_in(None).get(where).status_code == 404
    assert signed_in(reader).get(f"/watch/captions/{row.pk}.vtt").status_code == 404
    assert signed_in(reader).get(f"/watch/captions/~{token_for(part, reader)}/{row.pk}.vtt").status_code == 404


def test_a_segment_of_a_public_part_costs_no_query(part):
    assert queries_of(fetch(address(part, "360p_00000.m4s"), signed_in(None))) == []


@pytest.mark.parametrize(("kind", "most"), [(LOGIN, 1), (GROUPS, 2)])
def test_a_segment_of_a_restricted_part_asks_for_the_person_and_their_groups_only(part, reader, kind, most):
    alumni = Group.objects.create(name="Alumni")
    reader.groups.add(alumni)
    restrict(part, kind, alumni)
    where = address(part, "360p_00000.m4s", token=token_for(part, reader))
    assert len(queries_of(fetch(where, signed_in(reader)))) <= most


def test_without_a_cache_that_answers_everything_is_asked_anew(part, monkeypatch):
    down = SimpleNamespace(**dict.fromkeys(("get", "set", "get_or_set"), Mock(side_effect=ConnectionError)))
    monkeypatch.setattr(content_version, "cache", down)
    monkeypatch.setattr(memory, "cache", down)
    client = Client()
    assert client.get(address(part)).status_code == 200
    part.unpublish()
    assert client.get(address(part)).status_code == 404
