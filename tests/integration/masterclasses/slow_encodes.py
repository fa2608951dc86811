"""What stands for ffmpeg in worker processes of the tests: a wait, with the heartbeat of a real encode."""

from __future__ import annotations

import time

from celery import shared_task
from django.conf import settings

from jobs.actions import finish
from jobs.running import Heartbeat, run
from masterclasses.models import Transcode


def note(word: str) -> None:
    with (settings.DATA_DIR / "notes").open("a") as notes:
        notes.write(f"{word}\n")


@shared_task(name="tests.slow_encode", soft_time_limit=7200, time_limit=7500)
def slow_encode(pk: int) -> None:
    """Encode for as many seconds as the file `seconds` in the data folder says."""
    seconds = float((settings.DATA_DIR / "seconds").read_text())

    def work(row: Transcode) -> None:
        note("start")
        beat, until = Heartbeat(row), time.monotonic() + seconds
        while time.monotonic() < until:
            time.sleep(0.2)
            beat()
        finish(row)

    note("asked")
    run(Transcode, pk, work)
