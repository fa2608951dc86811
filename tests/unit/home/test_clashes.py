"""What is scheduled and does not fit together."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from home.desk.clash_words import tell
from home.desk.clashes import JUST_MISSED, Kind, find
from home.desk.schedule import CLOSES, EXPIRES, GOES_LIVE, HAPPENS, READY, Entry

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def live(at=MONDAY, page=1, **fields):
    return Entry(GOES_LIVE, at, "Kick-off", "goes live", page=page, **fields)


def ready(at, page=1):
    return Entry(READY, at, "Kick-off", "its video is ready", page=page, about=True)


def digest(at):
    return Entry(CLOSES, at, "The weekly digest", "the weekly digest closes")


def kinds(*entries, lacks=None):
    return [clash.kind for clash in find(entries, lacks)]


def test_a_page_that_goes_live_before_its_video_is_ready_clashes():
    assert kinds(live(), ready(MONDAY + 40 * MINUTE)) == [Kind.NOT_READY]
    assert kinds(live(), ready(MONDAY)) == []


def test_the_video_of_another_page_is_none_of_its_business():
    assert kinds(live(), ready(MONDAY + MINUTE, page=2)) == []


def test_a_page_that_goes_live_just_after_a_digest_has_closed_misses_it():
    assert kinds(live(), digest(MONDAY - 60 * MINUTE)) == [Kind.MISSES]
    assert kinds(live(), digest(MONDAY + MINUTE)) == []
    assert kinds(live(), digest(MONDAY - JUST_MISSED)) == []


def test_a_page_that_goes_live_after_what_it_announces_clashes():
    assert kinds(live(), Entry(HAPPENS, MONDAY - MINUTE, "Evening", page=1)) == [Kind.TOO_LATE]
    assert kinds(live(), Entry(HAPPENS, MONDAY + MINUTE, "Evening", page=1)) == []


def test_a_page_whose_time_is_over_when_it_goes_live_clashes():
    assert kinds(live(), Entry(EXPIRES, MONDAY, "Kick-off", page=1)) == [Kind.OVER]
    assert kinds(live(), Entry(EXPIRES, MONDAY + MINUTE, "Kick-off", page=1)) == []


def test_what_a_page_lacks_clashes_unless_it_goes_live_by_itself_once_it_is_there():
    assert kinds(live(), lacks={1: ["it has no video"]}) == [Kind.LACKS]
    assert kinds(live(about=True), lacks={1: ["it has no video"]}) == []


@pytest.mark.parametrize(
    ("zone", "clocks"), [("UTC", ("09:00", "09:40", "08:00")), ("Asia/Kolkata", ("14:30", "15:10", "13:30"))]
)
def test_all_that_clashes_with_one_page_is_said_in_one_sentence(zone, clocks):
    with timezone.override(zone):
        [told] = tell(find([live(), ready(MONDAY + 40 * MINUTE), digest(MONDAY - 60 * MINUTE)]))

    at, video, closes = clocks
    assert told.facts == f"goes live {at}, its video is ready about {video}, the weekly digest closes {closes}"
    assert len(told.advice) == 2


def test_another_day_is_named():
    with timezone.override("Pacific/Auckland"):
        [told] = tell(find([live(), ready(MONDAY + 180 * MINUTE)]))

    assert told.facts == "goes live 22:00, its video is ready about 01:00 on Tuesday 24 November"


moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
zones = st.sampled_from(["UTC", "Europe/London", "America/St_Johns", "Pacific/Apia"])
entries_ = st.lists(
    st.builds(
        Entry,
        what=st.sampled_from([GOES_LIVE, EXPIRES, READY, CLOSES, HAPPENS]),
        at=moments,
        title=st.sampled_from("ab"),
        page=st.one_of(st.none(), st.integers(1, 3)),
        about=st.booleans(),
    ),
    max_size=12,
)


@given(entries_, st.randoms())
def test_the_order_of_what_is_told_does_not_matter(entries, random):
    shuffled = random.sample(entries, len(entries))

    assert sorted(map(repr, find(shuffled))) == sorted(map(repr, find(entries)))


@given(entries_)
def test_every_clash_is_of_something_that_goes_live_and_in_order(entries):
    found = find(entries)

    assert all(clash.live.what == GOES_LIVE and clash.live in entries for clash in found)
    assert [clash.live.at for clash in found] == sorted(clash.live.at for clash in found)


@given(entries_, st.timedeltas(timedelta(days=-300), timedelta(days=300)))
def test_clashes_are_the_same_at_any_other_time(entries, by):
    moved = [Entry(e.what, e.at + by, e.title, page=e.page, about=e.about) for e in entries]

    assert [clash.kind for clash in find(moved)] == [clash.kind for clash in find(entries)]


@given(moments, moments)
def test_a_page_clashes_with_its_video_exactly_when_it_is_live_first(goes, comes):
    assert (Kind.NOT_READY in kinds(live(goes), ready(comes))) == (goes < comes)
