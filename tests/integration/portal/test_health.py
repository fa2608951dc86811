from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from django.utils import timezone

from jobs.models import Tick
from jobs.sweeper import SWEEP
from portal.health import parts


@pytest.fixture
def tick(db):
    return Tick.objects.update_or_create(name=SWEEP, defaults={"last_at": timezone.now()})[0]


def test_live_asks_the_database_nothing(client):
    answer = client.get("/health/live")
    assert (answer.status_code, answer.json()) == (200, {"works": True})


def test_ready_when_every_part_works(client, tick):
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert {name: part["works"] for name, part in answer.json()["parts"].items()} == {
        "database": True,
        "broker": True,
        "schedule": True,
        "storage": True,
    }


@pytest.mark.parametrize("url", ["/health/live", "/health/ready"])
def test_health_is_never_cached(client, tick, url, settings):
    settings.PAGE_CACHE_SECONDS = 60
    assert "no-store" in client.get(url)["Cache-Control"]


def test_a_schedule_that_stands_still_is_not_ready(client, tick):
    Tick.objects.update(last_at=timezone.now() - timedelta(minutes=10))
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["parts"]["schedule"] == {
        "works": False,
        "milliseconds": answer.json()["parts"]["schedule"]["milliseconds"],
        "reason": "the schedule has not ticked for some minutes",
    }


@pytest.mark.parametrize("name", ["database", "broker", "storage"])
def test_a_part_that_fails_is_named_without_its_secrets(client, tick, monkeypatch, name, caplog):
    def fail():
        raise ConnectionError("postgres://portal:secret@db.internal:5432")

    monkeypatch.setitem(parts.PARTS, name, fail)
    with caplog.at_level(logging.CRITICAL, logger="portal.health.parts"):
        answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["parts"][name]["reason"] == "ConnectionError"
    assert "secret" not in answer.text


def test_a_storage_that_cannot_be_written_is_not_ready(settings, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    settings.MEDIA_ROOT = blocked / "media"
    assert not parts.ask("storage").works


def test_a_broker_that_refuses_is_not_ready(settings, monkeypatch):
    monkeypatch.setitem(parts.app.conf, "broker_url", "redis://127.0.0.1:1/0")
    monkeypatch.setitem(parts.app.conf, "broker_write_url", "redis://127.0.0.1:1/0")
    part = parts.ask("broker")
    assert not part.works
    assert part.milliseconds < 5000


def test_only_our_hosts_are_told(client):
    assert client.get("/health/live", headers={"host": "evil.test"}).status_code == 400


def test_the_health_page_says_how_uploads_are_held_and_names_the_weakest(client, tick):
    now = timezone.now()
    assert client.get("/health/ready").json()["info"] == {"video_sandbox": None}
    Tick.objects.create(name="masterclasses.sandbox:bubblewrap", last_at=now)
    assert client.get("/health/ready").json()["info"] == {"video_sandbox": "bubblewrap"}
    Tick.objects.create(name="masterclasses.sandbox:rlimits", last_at=now - timedelta(days=3))
    assert client.get("/health/ready").json()["info"] == {"video_sandbox": "bubblewrap"}
    Tick.objects.filter(name="masterclasses.sandbox:rlimits").update(last_at=now - timedelta(hours=1))
    assert client.get("/health/ready").json()["info"] == {"video_sandbox": "rlimits"}
