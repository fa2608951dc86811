from __future__ import annotations

from typing import Any

import pytest

from jobs import wakeups
from portal.celery import app


@pytest.fixture(autouse=True)
def _broker_is_trusted(monkeypatch):
    """No test inherits the pause that another's broken broker brought."""
    monkeypatch.setattr(wakeups, "_paused_until", 0.0)


@pytest.fixture
def sent(monkeypatch) -> list[tuple[str, tuple[Any, ...]]]:
    """What is published, as (task, arguments)."""
    messages: list[tuple[str, tuple[Any, ...]]] = []
    monkeypatch.setattr(app, "send_task", lambda task, args=(), **_options: messages.append((task, tuple(args))))
    return messages
