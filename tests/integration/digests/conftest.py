from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from portal.celery import app
from tests.integration.digests.sink import Sink


@pytest.fixture(autouse=True)
def woken(monkeypatch) -> list[str]:
    """The tasks for which a worker was woken; none of them runs by itself in these tests."""
    tasks: list[str] = []

    def send_task(task: str, *_args: Any, **_options: Any) -> None:
        tasks.append(task)

    monkeypatch.setattr(app, "send_task", send_task)
    return tasks


@pytest.fixture
def sink(settings) -> Iterator[Sink]:
    """A mail server on this machine, to which the portal sends."""
    sink = Sink()
    sink.controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", sink.port, 5
    yield sink
    sink.controller.stop()
