"""The encoder that is a service elsewhere: `VIDEO_ENCODER=remote`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import transaction

from jobs import actions as jobs
from jobs.wakeups import wake_after_commit
from masterclasses.models import Piece, RemoteJob, Transcode
from masterclasses.remote.fetching import fetch
from masterclasses.transcoding import files
from masterclasses.transcoding.ladder import Plan
from masterclasses.transcoding.pieceworks import FfmpegEncoder, make_plan


class RemoteEncoder:
    def begin(self, transcode: Transcode) -> None:
        """Plan as for our own encoder, and leave an order; a worker submits it once that is committed.

        Whoever starts the row again later, without a result, gives a new order.
        """
        if RemoteJob.objects.filter(transcode=transcode, here=True).exists():
            FfmpegEncoder().begin(transcode)
            return
        with files.local_source(transcode.source_name) as source:
            probe, plan, _chunks = make_plan(transcode, source)
        with transaction.atomic():
            RemoteJob.objects.filter(transcode=transcode).delete()
            Piece.objects.filter(transcode=transcode).delete()
            job = RemoteJob.objects.create(transcode=transcode)
            facts: dict[str, Any] = {
                "probe": probe.as_json(),
                "plan": plan.as_json(),
                "seconds_total": plan.seconds,
                "seconds_done": 0,
            }
            jobs.park(transcode, stage=Transcode.Stage.REMOTE, **facts)
            wake_after_commit(job)

    def collect(self, transcode: Transcode, plan: Plan, folder: Path) -> list[str]:
        """What the service made; of an encode that it was not asked for, what our own workers made."""
        job = RemoteJob.objects.filter(transcode=transcode, here=False).first()
        if job is None:
            return FfmpegEncoder().collect(transcode, plan, folder)
        return fetch(transcode, job, plan, folder)


@transaction.atomic
def encode_here(transcode: Transcode) -> bool:
    """Let this portal encode what the remote encoder could not. Return whether it had ended and could be."""
    orders = RemoteJob.objects.filter(transcode=transcode)
    if not orders.exists() or not jobs.start_again(transcode):
        return False
    orders.update(here=True)
    Transcode.objects.waiting().filter(pk=transcode.pk).update(stage=Transcode.Stage.PLAN)
    return True
