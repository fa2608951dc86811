"""The drill of the digests: it passes on this machine, keeps to scratch data, and sees what breaks the contract."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from portal.drills.digest import checks
from portal.drills.digest.sink import Sink
from tests.architecture.source import ROOT
from tests.factories.digests import DeliveryFactory
from tests.processes import embedded_environment, redis_of_the_suite


@pytest.mark.processes
def test_kills_and_stops_lose_nobody_and_double_no_more_than_promised(tmp_path, migrated):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    servers = redis_of_the_suite()
    if os.environ.get("DATABASE_URL"):
        servers["DATABASE_URL"] = os.environ["DATABASE_URL"]
    command = [
        "manage.py",
        "drill",
        "digest",
        "--recipients",
        "60",
        "--kills",
        "2",
        "--terms",
        "1",
        "--json",
        *migrated,
    ]

    ended = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=embedded_environment(tmp_path, TMPDIR=str(temporary), **servers),
        capture_output=True,
        text=True,
        timeout=600,
    )

    assert ended.stdout, ended.stderr
    result = json.loads(ended.stdout)
    assert [check for check in result["checks"] if check["violations"]] == [], f"seed {result['seed']}\n{ended.stderr}"
    assert (ended.returncode, result["passed"]) == (0, True)
    assert result["stopped"] == {"people": 60, "copies": 60, "most": 1}
    assert sum(result["ledger"].values()) == 60
    assert not (tmp_path / "portal.sqlite3").exists(), "the installation's own database was touched"


@pytest.fixture
def sink():
    return Sink(silence=0)


def broken(sink: Sink, *addresses: str, **facts: int) -> set[str]:
    found = checks.after_kills(list(addresses), sink, **({"killed": 0, "kills": 0, "wanted": 0} | facts))
    return {check.promise for check in found if check.violations}


@pytest.mark.django_db
def test_what_breaks_the_contract_is_seen(sink):
    good, lost, twice, thrice = (f"ok-{n}@drill.example.org" for n in range(4))
    for address in (good, lost, twice, thrice):
        DeliveryFactory(subscriber__email=address, status="done", copies=1)
    sink.copies[good] = 1
    assert broken(sink, good) == set()

    assert "who was sent to has got it" in broken(sink, good, lost)
    sink.copies.update({twice: 2, thrice: 3})
    assert "no more second copies than senders killed" in broken(sink, good, twice)
    assert broken(sink, good, twice, killed=1) == set()
    assert "nobody got more than two copies, or more than were counted" in broken(sink, good, thrice, killed=9)
    assert "2 kills" in broken(sink, good, wanted=2)
    assert "everybody who is due has one row" in broken(sink, good, "ok-9@drill.example.org")


@pytest.mark.django_db
def test_who_got_nothing_and_is_said_to_have_failed_is_seen(sink):
    DeliveryFactory(subscriber__email="ok-1@drill.example.org", status="failed", reason="No.", copies=0)
    DeliveryFactory(subscriber__email="nobody-1@drill.example.org", status="failed", reason="No.", copies=0)

    assert broken(sink, "nobody-1@drill.example.org") == set()
    assert "who has not got it was refused, or is unknown" in broken(sink, "ok-1@drill.example.org")


@pytest.mark.django_db
def test_an_account_that_is_not_closed_is_seen(sink):
    DeliveryFactory(subscriber__email="ok-1@drill.example.org")

    assert "the account adds up and is closed" in broken(sink, "ok-1@drill.example.org")
