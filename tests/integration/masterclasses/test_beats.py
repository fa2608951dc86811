"""Beats from the request to the ledger: what counts, what does not, and what the answer says."""

from __future__ import annotations

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from careers import actions as careers
from careers.models import Completion
from masterclasses.models import WatchBeat, WatchCoverage, WatchPosition
from masterclasses.watching import sessions
from tests.factories.accounts import PersonFactory
from tests.factories.masterclasses import PartPageFactory, VideoFactory

pytestmark = pytest.mark.django_db
LENGTH = 1200


@pytest.fixture
def part():
    return PartPageFactory(title="Reading an offer", video=VideoFactory(duration=LENGTH))


@pytest.fixture
def desk(client, reader):
    client.force_login(reader)
    return client


@pytest.fixture
def session(reader, part):
    """One that began two hours ago."""
    return sessions.begin(person=reader.pk, part=part.pk, now=now() - 7200)


def now() -> float:
    return timezone.now().timestamp()


def beat(start, end, sequence=1, *, rate=1, ago=0.0, **other):
    return {"sequence": sequence, "from": start, "to": end, "rate": rate, "at": (now() - ago) * 1000} | other


def send(client, part, session, *beats, **message):
    body = json.dumps({"session": session, "beats": beats} | message)
    return client.post(f"/watch/beats/{part.pk}/", body, content_type="application/json")


def played(part) -> list[list[float]]:
    coverage = WatchCoverage.objects.filter(part=part).first()
    return coverage.spans if coverage else []


def test_what_was_played_is_kept_as_a_union(desk, part, session):
    answer = send(desk, part, session, beat(0, 10, 1), beat(10, 20, 2, rate=2), beat(60, 65, 3))

    assert answer.status_code == 200
    assert answer.json() | {"spans": 0} == {"taken": [1, 2, 3], "known": [], "refused": [], "spans": 0, "enough": False}
    assert played(part) == answer.json()["spans"] == [[0, 20], [60, 65]]
    assert WatchCoverage.objects.get().seconds == 25
    assert WatchBeat.objects.count() == 3
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))


def test_the_same_beat_twice_changes_nothing_even_if_it_says_something_else(desk, part, session):
    send(desk, part, session, beat(0, 10))

    again = send(desk, part, session, beat(0, 10), beat(100, 110))

    assert (again.status_code, again.json()["known"]) == (200, [1, 1])
    assert played(part) == [[0, 10]]
    assert WatchBeat.objects.count() == 1


def test_an_older_beat_that_comes_later_counts_and_moves_nobody(desk, part, session):
    send(desk, part, session, beat(600, 610, 2), position={"seconds": 610, "at": now() * 1000})

    answer = send(desk, part, session, beat(0, 10, 1, ago=60), position={"seconds": 10, "at": (now() - 60) * 1000})

    assert answer.status_code == 200
    assert played(part) == [[0, 10], [600, 610]]
    assert WatchPosition.objects.get().seconds == 610


def test_a_beat_and_a_position_come_in_one_request(desk, part, session):
    send(desk, part, session, beat(0, 10), position={"seconds": 10, "at": now() * 1000})
    assert WatchPosition.objects.get().seconds == 10


def test_without_an_account_nothing_is_kept(client, part, session):
    assert send(client, part, session, beat(0, 10)).status_code == 403
    assert played(part) == []


def test_what_somebody_else_has_watched_is_refused(desk, part):
    theirs = sessions.begin(person=PersonFactory().pk, part=part.pk, now=now() - 7200)
    assert send(desk, part, theirs, beat(0, 10)).status_code == 403
    assert not WatchCoverage.objects.exists()


@pytest.mark.parametrize("how", ["unpublished", "restricted", "without a video", "gone", "no number"])
def test_a_part_that_the_person_may_not_see_takes_no_beats(desk, reader, part, session, how):
    where = part.pk
    if how == "unpublished":
        part.unpublish()
    elif how == "restricted":
        PageViewRestriction.objects.create(page=part, restriction_type=PageViewRestriction.GROUPS)
    elif how == "without a video":
        where = PartPageFactory().pk
    elif how == "gone":
        part.delete()
    else:
        where = 10**30
    hidden = SimpleNamespace(pk=where)
    assert send(desk, hidden, session, beat(0, 10)).status_code == 404
    assert desk.get(f"/watch/fragments/coverage/{where}/").status_code == 404
    assert desk.get(f"/watch/played/{where}/").status_code == 404
    assert not WatchBeat.objects.exists()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"from": -1}, "numbers"),
        ({"from": float("nan")}, "numbers"),
        ({"to": float("inf")}, "numbers"),
        ({"from": 20, "to": 10}, "numbers"),
        ({"sequence": "1"}, "numbers"),
        ({"rate": 16}, "rate"),
        ({"at": 9e15}, "future"),
        ({"at": 0}, "old"),
    ],
)
def test_an_absurd_beat_is_answered_with_its_reason_and_changes_nothing(desk, part, session, change, why):
    answer = send(desk, part, session, beat(0, 10) | change)

    assert answer.status_code == 400
    assert [refused["why"] for refused in answer.json()["refused"]] == [why]
    assert answer.json()["refused"][0]["words"]
    assert played(part) == []


def test_a_beat_ends_with_the_film(desk, part, session):
    answer = send(desk, part, session, beat(LENGTH - 10, 1e12, 1), beat(1e12, 1e12 + 10, 2))

    assert answer.status_code == 200
    assert played(part) == [[LENGTH - 10, LENGTH]]


def test_a_bad_beat_among_good_ones_costs_none_of_them(desk, part, session):
    answer = send(desk, part, session, beat(0, 10, 1), beat(-5, 10, 2), beat(0, 1200, 3, at=9e15), beat(10, 20, 4))

    assert answer.status_code == 200
    assert answer.json()["taken"] == [1, 4]
    assert [(refused["sequence"], refused["why"]) for refused in answer.json()["refused"]] == [
        (2, "numbers"),
        (3, "future"),
    ]
    assert played(part) == [[0, 20]]


def test_a_page_that_was_just_opened_has_not_played_twenty_minutes(desk, reader, part):
    fresh = sessions.begin(person=reader.pk, part=part.pk)
    answer = send(desk, part, fresh, beat(0, LENGTH, rate=2))
    assert (answer.status_code, answer.json()["refused"][0]["why"]) == (400, "early")
    assert played(part) == []


def test_no_seeking_about_completes_a_part(desk, reader, part):
    session = sessions.begin(person=reader.pk, part=part.pk, now=now() - 60)
    for sequence in range(60):
        send(desk, part, session, beat(sequence * 20, sequence * 20 + 20, sequence, rate=2))
    assert WatchCoverage.objects.get().seconds < 130
    assert not Completion.objects.exists()


def test_what_was_watched_offline_counts_when_it_comes_days_later(desk, reader, part):
    session = sessions.begin(person=reader.pk, part=part.pk, now=now() - 5 * 86400)
    answer = send(desk, part, session, beat(0, 600, 1, ago=4 * 86400), beat(600, 1150, 2, ago=3 * 86400))
    assert answer.json()["enough"] is True


def test_an_hour_of_sleep_gives_nothing_but_does_no_harm(desk, part, session):
    send(desk, part, session, beat(0, 10, 1, ago=3610), beat(10, 20, 2))
    assert played(part) == [[0, 20]]


@pytest.mark.parametrize("body", ["", "[]", "null", "{", "[" * 50_000, '{"beats": []}', '{"beats": 1}', "9" * 5000])
def test_what_is_no_message_is_refused(desk, part, body):
    assert desk.post(f"/watch/beats/{part.pk}/", body, content_type="application/json").status_code == 400


@pytest.mark.parametrize("token", ["", "x", None, 5, ["a"]])
def test_beats_without_a_session_of_ours_are_refused(desk, part, token):
    assert send(desk, part, token, beat(0, 10)).status_code == 400
    assert not WatchBeat.objects.exists()


def test_the_session_of_another_part_is_refused(desk, part, session):
    assert send(desk, PartPageFactory(video=VideoFactory()), session, beat(0, 10)).status_code == 400


def test_too_much_at_once_is_refused(desk, part, session):
    assert send(desk, part, session, *[beat(0, 1)] * 201).status_code == 413
    assert send(desk, part, session, beat(0, 1), padding="x" * 65_536).status_code == 413
    assert played(part) == []


def test_another_site_cannot_send_beats(reader, part, session):
    client = Client(enforce_csrf_checks=True)
    client.force_login(reader)
    assert send(client, part, session, beat(0, 10)).status_code == 403
    assert played(part) == []


def test_only_a_post_writes(desk, part):
    assert desk.get(f"/watch/beats/{part.pk}/").status_code == 405


def test_a_part_is_done_when_nine_tenths_were_played(desk, reader, part, session):
    assert send(desk, part, session, beat(0, 1079, 1)).json()["enough"] is False
    assert not Completion.objects.exists()

    assert send(desk, part, session, beat(1079, 1080, 2)).json()["enough"] is True

    assert list(Completion.objects.values_list("person", "how", "page")) == [(reader.pk, "watched", part.pk), *series()]


def series():
    return Completion.objects.filter(how="parts").values_list("person", "how", "page")


def test_playing_a_minute_again_and_again_completes_nothing(desk, part, session):
    for sequence in range(60):
        send(desk, part, session, beat(0, 60, sequence))
    assert WatchCoverage.objects.get().seconds == 60
    assert not Completion.objects.exists()


def test_credits_need_not_be_watched(desk, part, session):
    part.credits_start = 1000
    part.save()
    send(desk, part, session, beat(0, 895, 1), beat(1000, LENGTH, 2))
    assert not Completion.objects.exists()
    send(desk, part, session, beat(895, 900, 3))
    assert Completion.objects.filter(page=part).exists()


def test_a_beat_after_the_part_is_done_asks_nothing_of_the_completion(desk, reader, part, session):
    send(desk, part, session, beat(0, 1100, 1))
    careers.undo(person=reader, page=part)
    send(desk, part, session, beat(1100, LENGTH, 2))
    assert not Completion.objects.exists()
    assert WatchCoverage.objects.get().watched_at < timezone.now() - timedelta(0)


def test_a_beat_costs_the_same_however_long_the_session_is(desk, part, session, django_assert_max_num_queries):
    for sequence in range(30):
        here = {"seconds": sequence, "at": (now() - 30 + sequence) * 1000}
        send(desk, part, session, beat(sequence * 2, sequence * 2 + 2, sequence), position=here)
    with django_assert_max_num_queries(12):
        send(desk, part, session, beat(100, 110, 100), position={"seconds": 110, "at": now() * 1000})
