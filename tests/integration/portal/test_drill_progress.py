"""The drill of watch coverage: it passes on this machine, and finds what is wrong."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from careers.models import Completion
from masterclasses.models import WatchBeat, WatchCoverage
from portal.drills.truth import truth_checks
from portal.drills.viewers import LENGTH, Viewer, watch
from tests.architecture.source import ROOT
from tests.factories.accounts import PersonFactory
from tests.factories.masterclasses import PartPageFactory, VideoFactory
from tests.processes import embedded_environment, redis_of_the_suite


@pytest.mark.processes
def test_a_server_that_dies_meanwhile_loses_nothing_that_it_has_answered_for(tmp_path, migrated):
    servers = redis_of_the_suite()
    if os.environ.get("DATABASE_URL"):
        servers["DATABASE_URL"] = os.environ["DATABASE_URL"]
    command = [
        "manage.py",
        "drill",
        "progress",
        "--viewers",
        "8",
        "--restarts",
        "1",
        "--json",
        *migrated,
    ]

    ended = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=embedded_environment(tmp_path, **servers),
        capture_output=True,
        text=True,
        timeout=300,
    )

    assert ended.stdout, ended.stderr
    result = json.loads(ended.stdout)
    assert [check for check in result["checks"] if check["violations"]] == [], f"seed {result['seed']}\n{ended.stderr}"
    assert (ended.returncode, result["passed"], result["restarts"]) == (0, True, 1)
    assert not (tmp_path / "portal.sqlite3").exists(), "the installation's own database was touched"


@pytest.mark.parametrize("arguments", [["--viewers", "0"], ["--restarts", "-1"], ["--patience", "0"]])
def test_numbers_that_make_no_sense_are_refused(arguments):
    with pytest.raises(CommandError, match="at least"):
        call_command("drill", "progress", *arguments)


def test_what_players_send_is_what_was_played_and_some_of_it_twice():
    viewer = Viewer(0, ["one", "two"])
    watch(viewer, random.Random(5), began=1e9)
    sent = [beat for batch in viewer.batches for beat in batch["beats"] if beat["sequence"] < 10**6]
    painted = {tenth for beat in sent for tenth in range(beat["from"] * 10, beat["to"] * 10)}
    assert painted == viewer.painted
    assert len(sent) > len(viewer.sent)


@pytest.fixture
def watched(db):
    """A part, and somebody whose ledger is right."""
    part, person = PartPageFactory(video=VideoFactory(duration=LENGTH)), PersonFactory()
    viewer = Viewer(0, ["one"], painted=set(range(5900)), sent={("one", 0)})
    WatchBeat.objects.create(person=person, part=part, session="one", start=0, end=590, sequence=0, measured_at=NOON)
    WatchCoverage.objects.create(person=person, part=part, spans=[[0, 590]], seconds=590)
    Completion.objects.create(person=person, page=part, how="watched")
    Completion.objects.create(person=person, page=part.get_parent().specific, how="parts")
    return part, [(person.pk, viewer)]


NOON = "2026-11-24T12:00:00Z"


def broken(watched) -> list[str]:
    return [check.promise.split()[0] for check in truth_checks(*watched) if not check.passed]


def test_a_ledger_that_is_right_breaks_no_promise(watched):
    assert broken(watched) == []


def test_a_coverage_that_is_wrong_is_seen(watched):
    WatchCoverage.objects.update(spans=[[0, 589]])
    assert broken(watched)[0] == "every"
    WatchCoverage.objects.update(spans=[[0, 590]], seconds=580)
    assert broken(watched)[0] == "every"


def test_a_beat_that_is_lost_or_made_up_is_seen(watched):
    WatchBeat.objects.update(sequence=7)
    assert "no" in broken(watched)
    WatchBeat.objects.all().delete()
    assert "no" in broken(watched)


def test_a_completion_that_is_missing_or_not_deserved_is_seen(watched):
    Completion.objects.all().delete()
    assert "who" in broken(watched)
    part, [(person, viewer)] = watched
    viewer.painted = set(range(100))
    Completion.objects.create(person_id=person, page=part, how="watched")
    assert "who" in broken(watched)
