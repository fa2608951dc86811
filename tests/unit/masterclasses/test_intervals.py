"""The union of what was played, beside a model that paints milliseconds one by one."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from masterclasses.watching.intervals import clip, holes, minus, total, union

END = 60
#: Tenths of a second, so that the model's paint and the spans' edges are the same.
seconds = st.integers(min_value=0, max_value=END * 10).map(lambda tenths: tenths / 10)
spans = st.lists(st.tuples(seconds, seconds), max_size=12)


def painted(pairs: Iterable[tuple[float, float]]) -> set[int]:
    return {tenth for start, end in pairs for tenth in range(round(start * 10), round(end * 10))}


@given(spans)
def test_a_union_holds_what_one_of_its_spans_holds_and_nothing_else(played):
    assert painted(union(played)) == painted(played)
    assert total(played) * 10 == len(painted(played))


@given(spans)
def test_a_union_is_in_order_and_its_spans_are_apart(played):
    edges = [edge for span in union(played) for edge in span]
    assert edges == sorted(set(edges))


@given(spans, st.randoms())
def test_order_repetition_and_grouping_change_nothing(played, random):
    whole = union(played)
    shuffled = [*played, *played]
    random.shuffle(shuffled)
    middle = len(shuffled) // 2
    assert union(shuffled) == union(union(shuffled[:middle]), shuffled[middle:]) == whole


@given(spans, seconds)
def test_nothing_is_clipped_but_what_is_behind_the_end(played, end):
    assert painted(clip(played, end)) == {tenth for tenth in painted(played) if tenth < round(end * 10)}


@given(spans, seconds)
def test_what_was_played_and_the_holes_are_the_whole(played, end):
    missing = painted(holes(played, end))
    assert missing | painted(clip(played, end)) == set(range(round(end * 10)))
    assert not missing & painted(clip(played, end))


@given(spans, spans)
def test_what_is_new_is_what_was_not_there(played, before):
    assert painted(minus(played, before)) == painted(played) - painted(before)


def test_rounding_leaves_no_seam_between_spans_that_follow_one_another():
    assert union([(0, 10.0004), (10.004, 20)]) == [(0, 20)]


def test_small_gaps_are_no_holes_when_asked_so():
    played = [(0, 10), (12, 30)]
    assert holes(played, 60, least=3) == [(30, 60)]
    assert holes([], 0) == []
