"""Where a person left off: stored, told, and shown."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from masterclasses.models import WatchPosition
from masterclasses.watching.reading import is_unfinished
from tests.factories.masterclasses import MasterclassPageFactory, PartPageFactory, VideoFactory, WatchPositionFactory
from tests.queries import assert_constant_queries, fetch

pytestmark = pytest.mark.django_db
NOW = 1_764_000_000_000  # milliseconds, some noon of November 2025


@pytest.fixture(autouse=True)
def _at_noon(time_machine):
    time_machine.move_to(NOW / 1000 + 60, tick=False)


@pytest.fixture
def reader():
    return get_user_model().objects.create_user(email="reader@example.org", password="a long one")


@pytest.fixture
def part():
    return PartPageFactory(title="Reading an offer", video=VideoFactory(duration=1200))


@pytest.fixture
def desk(client, reader):
    client.force_login(reader)
    return client


def post(client, part, seconds, at=NOW, **extra):
    """As a player does that has nothing else to tell; a text stands in the message as it is."""
    message = f'{{"position": {{"seconds": {seconds}, "at": {at}}}}}'
    return client.post(f"/watch/beats/{part.pk}/", message, content_type="application/json", **extra)


def stored(part) -> float:
    return WatchPosition.objects.get(part=part).seconds


def test_the_second_is_kept_for_the_person_who_is_signed_in(desk, reader, part):
    answer = post(desk, part, "760.5")
    assert answer.status_code == 200
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    assert list(WatchPosition.objects.values_list("person", "part", "seconds")) == [(reader.pk, part.pk, 760.5)]


def test_what_was_measured_last_counts_in_whatever_order_it_comes(desk, part):
    for seconds, at in ((300, NOW), (100, NOW + 9000), (900, NOW - 5000), (100, NOW + 9000)):
        assert post(desk, part, seconds, at).status_code == 200
    assert stored(part) == 100, "going back is a choice, too"
    assert WatchPosition.objects.count() == 1


def test_a_clock_that_is_ahead_outvotes_nobody_for_long(desk, part, time_machine):
    post(desk, part, 100, NOW + 10**9)
    time_machine.shift(timedelta(seconds=10))
    post(desk, part, 200, NOW + 65_000)
    assert stored(part) == 200


@pytest.mark.parametrize("seconds", ["", "NaN", "inf", "-inf", "-1", "-0.001", "twelve", "0x10", "²"])
def test_what_is_no_second_is_refused(desk, part, seconds):
    assert post(desk, part, seconds).status_code == 400
    assert not WatchPosition.objects.exists()


@pytest.mark.parametrize("at", ["", "NaN", "-1", "soon", NOW - 31 * 24 * 3600 * 1000])
def test_a_measurement_without_a_time_or_of_long_ago_is_refused(desk, part, at):
    assert post(desk, part, 10, at).status_code == 400


@pytest.mark.parametrize("seconds", ["1201", "1e12", "1e300", "1" * 40])
def test_no_position_is_behind_the_end(desk, part, seconds):
    assert post(desk, part, seconds).status_code == 200
    assert stored(part) == 1200


def test_without_an_account_nothing_is_kept(client, part):
    assert post(client, part, 10).status_code == 403
    assert not WatchPosition.objects.exists()


@pytest.mark.parametrize("how", ["unpublished", "for a group", "without a video", "gone", "no part", "no number"])
def test_a_part_that_the_person_may_not_see_has_no_position(desk, part, how):
    where = part.pk
    if how == "unpublished":
        part.unpublish()
    elif how == "for a group":
        restriction = PageViewRestriction.objects.create(page=part, restriction_type=PageViewRestriction.GROUPS)
        restriction.groups.add(Group.objects.create(name="Board"))
    elif how == "without a video":
        where = PartPageFactory().pk
    elif how == "gone":
        part.delete()
    elif how == "no part":
        where = part.get_parent().pk
    else:
        where = 10**30
    assert post(desk, SimpleNamespace(pk=where), 10).status_code == 404
    assert desk.get(f"/watch/fragments/resume/{where}/").status_code == 404
    assert not WatchPosition.objects.exists()


def test_another_site_cannot_move_anybodys_position(reader, part):
    client = Client(enforce_csrf_checks=True)
    client.force_login(reader)
    assert post(client, part, 10).status_code == 403
    where = f"/watch/fragments/resume/{part.pk}/"
    assert "csrftoken" not in client.get(where).cookies, "it would void the forms of other fragments"
    token = client.get(f"{where}?token").cookies["csrftoken"].value
    assert post(client, part, 10, headers={"X-CSRFToken": token}).status_code == 200


def test_only_a_post_writes(desk, part):
    assert desk.get(f"/watch/beats/{part.pk}/").status_code == 405


def test_the_player_is_told_the_second_the_time_and_where_to_send_the_next(desk, part):
    post(desk, part, 760)
    answer = desk.get(f"/watch/fragments/resume/{part.pk}/")
    html = answer.content.decode()
    assert f'data-seconds="760.0" data-at="{NOW}"' in html
    assert f'data-now="{NOW + 60_000}"' in html
    assert f'data-send="/watch/beats/{part.pk}/"' in html
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))


def test_a_visitor_without_an_account_is_told_the_time_only(client, part):
    html = client.get(f"/watch/fragments/resume/{part.pk}/").content.decode()
    assert "data-now" in html
    assert "data-send" not in html
    assert "csrf" not in html


@pytest.mark.parametrize(
    ("seconds", "length", "open_still"),
    [(4, 1200, False), (5, 1200, True), (1163, 1200, True), (1165, 1200, False), (21, 24, True), (23, 24, False)],
)
def test_a_part_is_open_between_its_first_words_and_the_applause(seconds, length, open_still):
    assert is_unfinished(seconds, length) is open_still


def test_my_learning_shows_what_is_begun_the_latest_first_with_what_is_left(desk, reader, part):
    WatchPositionFactory(person=reader, part=part, seconds=760, updated_at=timezone.now())
    finished = PartPageFactory(title="Finished", video=VideoFactory(duration=60))
    WatchPositionFactory(person=reader, part=finished, seconds=60)
    html = desk.get("/learning/").content.decode()
    assert "You were at 12:40. 8 min left." in html
    assert f'href="{part.url}?t=760"' in html
    assert "Finished" not in html


def test_my_learning_hides_a_part_that_was_closed_and_shows_one_for_the_persons_group(desk, reader, part):
    board = Group.objects.create(name="Board")
    restriction = PageViewRestriction.objects.create(page=part.get_parent(), restriction_type="groups")
    restriction.groups.add(board)
    WatchPositionFactory(person=reader, part=part, seconds=760)
    assert "Reading an offer" not in desk.get("/learning/").content.decode()
    reader.groups.add(board)
    assert "Reading an offer" in desk.get("/learning/").content.decode()


def test_the_series_says_at_which_part_to_go_on(desk, reader):
    series = MasterclassPageFactory()
    _first, second = (PartPageFactory(parent=series, video=VideoFactory(duration=1200)) for _part in range(2))
    WatchPositionFactory(person=reader, part=second, seconds=760)
    html = desk.get(f"/watch/fragments/going-on/{series.pk}/").content.decode()
    assert "Part 2" in html
    assert "12:40, 8 min left" in html
    assert f'data-page-id="{second.pk}"' in html


def test_a_series_for_a_group_says_nothing_to_others(desk):
    series = MasterclassPageFactory()
    PageViewRestriction.objects.create(page=series, restriction_type="groups")
    assert desk.get(f"/watch/fragments/going-on/{series.pk}/").status_code == 404


def test_what_is_begun_costs_the_same_however_much_it_is(desk, reader):
    series = MasterclassPageFactory()

    def grow(count: int) -> None:
        for _number in range(count):
            begun = PartPageFactory(parent=series, video=VideoFactory(duration=1200))
            WatchPositionFactory(person=reader, part=begun, seconds=600)

    assert_constant_queries(fetch(f"/watch/fragments/going-on/{series.pk}/", desk), grow)
    assert_constant_queries(fetch("/learning/", desk), grow)
