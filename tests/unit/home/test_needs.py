"""The registry of what waits for the person at the desk."""

from __future__ import annotations

import pytest

from home.desk import needs
from home.desk.needs import SHOWN, Line, Need


@pytest.fixture(autouse=True)
def _empty(monkeypatch):
    monkeypatch.setattr(needs, "_sources", {})


def test_sources_are_asked_in_the_order_they_gave():
    needs.register("late", lambda person: Need("Late", [Line("a")]), order=90)
    needs.register("early", lambda person: Need("Early", [Line("b")]), order=10)

    assert [need.heading for need in needs.needs_of(None)] == ["Early", "Late"]


def test_a_source_with_nothing_to_say_is_not_heard():
    needs.register("none", lambda person: None)
    needs.register("empty", lambda person: Need("Empty", []))

    assert needs.needs_of(None) == []


def test_the_same_name_replaces_what_was_registered_before():
    needs.register("one", lambda person: Need("Old", [Line("a")]))
    needs.register("one", lambda person: Need("New", [Line("a")]))

    assert [need.heading for need in needs.needs_of(None)] == ["New"]


def test_only_the_first_lines_are_shown_and_the_rest_counted():
    need = Need("Many", [Line(str(n)) for n in range(SHOWN)], total=SHOWN + 7)

    assert (len(need.shown), need.count, need.more) == (SHOWN, SHOWN + 7, 7)
    assert Need("Few", [Line("a")]).more == 0
