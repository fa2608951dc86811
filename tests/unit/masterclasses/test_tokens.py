"""Tokens in addresses: one subject, one person, four hours."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from masterclasses.access.tokens import holds, sign

NOON = "2026-11-24T12:00:00Z"


@pytest.fixture
def token():
    with time_machine.travel(NOON, tick=False):
        return sign(subject="video-1", user_pk=7)


@pytest.mark.parametrize(("hours", "held"), [(0, True), (3.99, True), (4, False), (400, False)])
def test_a_token_holds_for_four_hours(token, hours, held):
    with time_machine.travel(NOON, tick=False) as clock:
        clock.shift(timedelta(hours=hours))
        assert holds(token, subject="video-1", user_pk=7) is held


@time_machine.travel(NOON)
def test_a_token_holds_for_its_subject_and_its_person_only(token):
    assert not holds(token, subject="video-2", user_pk=7)
    assert not holds(token, subject="video-1", user_pk=8)
    assert not holds(token, subject="video-1", user_pk=None)


@time_machine.travel(NOON)
def test_no_character_of_a_token_can_be_changed(token):
    for place, letter in enumerate(token):
        other = "0" if letter != "0" else "1"
        # The last character of base64 carries two bits that mean nothing: it is compared as text, and so refused, too.
        assert not holds(token[:place] + other + token[place + 1 :], subject="video-1", user_pk=7)


@time_machine.travel(NOON)
@pytest.mark.parametrize("nonsense", ["", ".", "..", "a.b", "1.2.3", "z" * 10_000, "7.t0.\x00", "٧.t0." + "a" * 43])
def test_nonsense_is_no_token(nonsense):
    assert not holds(nonsense, subject="video-1", user_pk=7)


@time_machine.travel(NOON)
def test_tokens_live_on_while_a_new_secret_takes_over(token, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another secret, fifty characters long and quite random"
    assert holds(token, subject="video-1", user_pk=7)
    settings.SECRET_KEY_FALLBACKS = []
    assert not holds(token, subject="video-1", user_pk=7)
