"""Packing work into sessions: never too much, never out of order, and a reason for whatever is left over."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from careers.planning.items import Item, Packed, Reason
from careers.planning.packing import LEAST_PIECE, pack


@st.composite
def items(draw: st.DrawFn) -> list[Item]:
    """Up to fifteen items; a lock names items before or after, and now and then one that is nowhere."""
    count = draw(st.integers(0, 15))
    return [
        Item(
            page_id=number,
            minutes=draw(st.integers(1, 200)),
            divisible=draw(st.booleans()),
            required=draw(st.booleans()),
            after=frozenset(draw(st.sets(st.integers(0, 16), max_size=2)) - {number}),
        )
        for number in range(count)
    ]


rooms = st.lists(st.integers(1, 120), max_size=20)


def placed(packed: Packed) -> list[tuple[int, int, int]]:
    """(session, page, minutes) in the order of the calendar."""
    return [(number, piece.item.page_id, piece.minutes) for number, own in enumerate(packed.sessions) for piece in own]


@given(items(), rooms)
def test_no_session_holds_more_than_its_minutes(items, rooms):
    packed = pack(items, rooms)

    assert len(packed.sessions) == len(rooms)
    for room, pieces in zip(rooms, packed.sessions, strict=True):
        assert sum(piece.minutes for piece in pieces) <= room


@given(items(), rooms)
def test_every_minute_is_placed_or_left_over_with_a_reason(items, rooms):
    packed = pack(items, rooms)

    found = dict.fromkeys((item.page_id for item in items), 0)
    for _session, page, minutes in placed(packed):
        found[page] += minutes
    for row in packed.unplaced:
        assert row.reason in Reason
        found[row.item.page_id] += row.minutes
    assert found == {item.page_id: item.minutes for item in items}


@given(items(), rooms)
def test_only_what_can_be_divided_is_and_never_into_scraps(items, rooms):
    for own in pack(items, rooms).sessions:
        for piece in own:
            whole = piece.minutes == piece.item.minutes
            assert whole or (piece.item.divisible and piece.minutes >= LEAST_PIECE)


@given(items(), rooms)
def test_the_order_of_the_route_is_kept_the_required_first(items, rooms):
    order = [page for _session, page, _minutes in placed(pack(items, rooms))]
    wanted = {page for item in items if item.required for page in item.after}
    rank = {item.page_id: (not (item.required or item.page_id in wanted), item.page_id) for item in items}

    assert order == sorted(order, key=rank.__getitem__)


@given(items(), rooms)
def test_nothing_comes_before_what_it_waits_for(items, rooms):
    order = placed(pack(items, rooms))
    last = {page: index for index, (_session, page, _minutes) in enumerate(order)}
    complete = {
        item.page_id for item in items if sum(m for _s, page, m in order if page == item.page_id) == item.minutes
    }

    for index, (_session, page, _minutes) in enumerate(order):
        for earlier in items[page].after:
            assert earlier in complete
            assert last[earlier] < index


@given(items(), rooms)
def test_the_pieces_of_an_item_follow_one_another(items, rooms):
    seen: dict[int, int] = {}
    for own in pack(items, rooms).sessions:
        for piece in own:
            assert piece.before == seen.get(piece.item.page_id, 0)
            seen[piece.item.page_id] = piece.before + piece.minutes
            assert piece.last == (seen[piece.item.page_id] == piece.item.minutes)


def test_a_long_recording_goes_on_in_the_next_session():
    packed = pack([Item(1, 30), Item(2, 50, divisible=True), Item(3, 10)], [40, 40, 40])

    assert placed(packed) == [(0, 1, 30), (0, 2, 10), (1, 2, 40), (2, 3, 10)]


def test_a_rest_too_short_to_sit_down_for_is_left_to_the_next_session():
    packed = pack([Item(1, 37), Item(2, 20, divisible=True)], [40, 40])

    assert placed(packed) == [(0, 1, 37), (1, 2, 20)]


def test_what_is_longer_than_every_session_and_cannot_be_divided_says_so():
    packed = pack([Item(1, 60), Item(2, 20)], [40])

    assert [(row.item.page_id, row.reason) for row in packed.unplaced] == [(1, Reason.TOO_LONG)]
    assert placed(packed) == [(0, 2, 20)]


def test_what_waits_for_something_without_a_place_has_none_either():
    packed = pack([Item(1, 60), Item(2, 20, after=frozenset({1}))], [40])

    assert [row.reason for row in packed.unplaced] == [Reason.TOO_LONG, Reason.LOCKED]


def test_without_sessions_everything_is_left_over_for_want_of_time():
    assert [row.reason for row in pack([Item(1, 5)], []).unplaced] == [Reason.NO_TIME]
