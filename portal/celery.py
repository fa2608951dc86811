"""The Celery application: five queues, a static schedule of minute ticks, results ignored."""

from __future__ import annotations

import os
from typing import Any

from celery import Celery
from django.conf import settings
from kombu import Exchange, Queue
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

QUEUES = ("transcode", "mail-now", "mail-bulk", "periodic", "events")

# kombu's own file-based broker ends a worker that reads a message while it is being written.
TRANSPORT_ALIASES["filesystem"] = "jobs.file_broker:Transport"

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
# An exchange and key of its own: with the defaults every queue would get a copy of every message.
app.conf.task_queues = [Queue(name, Exchange(name), routing_key=name) for name in QUEUES]
app.autodiscover_tasks()


def every(seconds: float, task: str) -> dict[str, Any]:
    """A tick that is dropped rather than piled up when no worker takes it before the next one."""
    return {
        "task": task,
        "schedule": seconds,
        "options": {"queue": "periodic", "expires": seconds - min(5, seconds / 4)},
    }


@app.on_after_configure.connect
def put_up_schedule(sender: Celery, **_signal: Any) -> None:
    sender.conf.beat_schedule = {
        # In the embedded default recovery is quick enough to be watched.
        "jobs-sweep": every(20.0 if settings.EMBEDDED else 60.0, "jobs.sweep"),
        "digests-tick": every(60.0, "digests.tick"),
        "digests-bounces": every(300.0, "digests.read_bounces"),
        "careers-notes": every(3600.0, "careers.forget_deleted_notes"),
        "home-links": every(600.0, "home.tend_links"),
        "masterclasses-uploads": every(60.0, "masterclasses.settle_uploads"),
        "home-reviews": every(3600.0, "home.remind_of_reviews"),
        "masterclasses-evenings": every(60.0, "masterclasses.renew_evenings"),
        "masterclasses-tidy": every(3600.0, "masterclasses.tidy"),
    }
