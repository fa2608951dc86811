"""What is told about a piece while it is encoded, and its share of the machine."""

from __future__ import annotations

import os
from datetime import timedelta

from django.db.models import F, Sum
from django.db.models.functions import Coalesce, Least
from django.utils import timezone

from jobs.running import Heartbeat
from masterclasses.models import Piece, Transcode
from masterclasses.transcoding.process import Progress

BEAT = timedelta(seconds=2)


def beating(piece: Piece) -> Progress:
    """Keep the lease, and the whole encode's percent, up to date."""
    beat = Heartbeat(piece, every=BEAT)

    def listen(seconds: float) -> None:
        if beat(seconds_done=seconds):
            add_up(piece.transcode_id)

    return listen


def add_up(transcode_id: int) -> None:
    """Store how much of the encode is done: the share of the work, in seconds of the source."""
    done = Sum(F("cost") * Least(F("seconds_done") / F("seconds"), 1.0))
    sums = Piece.objects.filter(transcode=transcode_id, seconds__gt=0).aggregate(
        done=Coalesce(done, 0.0), all=Coalesce(Sum("cost"), 0.0)
    )
    if sums["all"]:
        Transcode.objects.filter(pk=transcode_id).update(seconds_done=F("seconds_total") * (sums["done"] / sums["all"]))


def threads_for_one() -> int:
    """The processors, shared among the pieces that are encoded at this moment."""
    others = Piece.objects.running().filter(lease_until__gte=timezone.now()).count()
    return max(1, -(-(os.cpu_count() or 1) // max(1, others)))
