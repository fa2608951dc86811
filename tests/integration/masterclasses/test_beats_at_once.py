"""Two devices of one person, each with two tabs, tell of the same part at the same moments."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from random import Random
from typing import Any

import pytest
from django.test import Client

from careers.models import Completion, LearningHours
from careers.signals import page_completed
from masterclasses.models import WatchBeat, WatchCoverage
from masterclasses.watching import sessions
from tests.factories.masterclasses import PartPageFactory, VideoFactory
from tests.integration.careers.test_two_tabs import at_once

pytestmark = pytest.mark.django_db(transaction=True)
BEATS = 200
LENGTH = 10 * BEATS
TWO_HOURS = 7200
#: Neither device plays enough for itself: together they leave out the last second of every tenth ten.
PHONE = [(10 * n, 10 * n + 6) for n in range(BEATS)]
LAPTOP = [(10 * n + 4, 10 * n + (9 if n % 10 == 9 else 10)) for n in range(BEATS)]
TOGETHER = [[100 * n, 100 * n + 99] for n in range(BEATS // 10)]


@pytest.fixture
def part():
    return PartPageFactory(title="Reading an offer", video=VideoFactory(duration=LENGTH))


@pytest.fixture
def told():
    """Which pages the signal of a completion told of, and how often."""
    heard: list[int] = []

    def hear(page, **_signal):
        heard.append(page.pk)

    page_completed.connect(hear)
    yield heard
    page_completed.disconnect(hear)


def device(reader, part, stretches: Sequence[tuple[int, int]]) -> dict[str, Any]:
    """A session that began two hours ago, and everything that it will ever tell."""
    began = time.time() - TWO_HOURS
    beats, clock = [], began
    for sequence, (start, end) in enumerate(stretches):
        clock += end - start
        beats.append({"sequence": sequence, "from": start, "to": end, "rate": 1, "at": clock * 1000})
    return {"session": sessions.begin(person=reader.pk, part=part.pk, now=began), "beats": beats}


def tab(reader, part, one: dict[str, Any], seed: int) -> Any:
    """Sends all that the device tells, in an order and in portions of its own, a tenth of them twice."""
    dice = Random(seed)
    beats = [*one["beats"], *dice.sample(one["beats"], BEATS // 10)]
    dice.shuffle(beats)
    client = Client()
    client.force_login(reader)

    def send() -> None:
        size = dice.choice([7, 11, 20])
        for first in range(0, len(beats), size):
            body = json.dumps({"session": one["session"], "beats": beats[first : first + size]})
            answer = client.post(f"/watch/beats/{part.pk}/", body, content_type="application/json")
            assert answer.status_code == 200
            assert answer.json()["refused"] == []

    return send


@pytest.mark.parametrize("seed", [1, 2])
def test_the_union_is_what_was_played_and_the_part_completes_once(reader, part, told, seed):
    phone, laptop = device(reader, part, PHONE), device(reader, part, LAPTOP)

    at_once(*[tab(reader, part, one, seed + n) for n, one in enumerate([phone, phone, laptop, laptop])])

    coverage = WatchCoverage.objects.get()
    assert coverage.spans == TOGETHER
    assert coverage.seconds == sum(end - start for start, end in TOGETHER)
    assert WatchBeat.objects.count() == 2 * BEATS
    assert Completion.objects.get(page=part.pk).how == "watched"
    assert LearningHours.objects.count() == 1
    assert sorted(told) == sorted([part.pk, part.get_parent().pk])  # the series has no other part


def test_the_first_beats_of_all_begin_one_ledger(reader, part):
    """There is no row yet that could be waited for."""
    devices = [device(reader, part, [(100 * n, 100 * n + 50)]) for n in range(4)]

    def first(one):
        client = Client()
        client.force_login(reader)
        return lambda: client.post(f"/watch/beats/{part.pk}/", json.dumps(one), content_type="application/json")

    at_once(*map(first, devices))

    assert WatchCoverage.objects.get().spans == [[0, 50], [100, 150], [200, 250], [300, 350]]
