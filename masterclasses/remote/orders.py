"""What the remote encoder is asked to make: the plan of this portal, so that its results publish like our own."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.urls import reverse

from masterclasses.models import RemoteJob
from masterclasses.remote.signing import source_address
from masterclasses.transcoding import sound, stills
from masterclasses.transcoding.ladder import SEGMENT_SECONDS, Plan


def order_for(job: RemoteJob) -> dict[str, Any]:
    plan = Plan.from_json(job.transcode.plan)
    return {
        "job": str(job.uuid),
        "source": source_address(job),
        "callback": settings.BASE_URL + reverse("masterclasses:remote_webhook"),
        "plan": {
            "seconds": plan.seconds,
            "rate": plan.rate,
            "frames": plan.frames,
            "segment_seconds": SEGMENT_SECONDS,
            "segment_frames": plan.group,
            "tone": plan.tone,
            "transfer": plan.transfer,
            "rungs": [{"name": rung.name, **asdict(rung)} for rung in plan.rungs],
            "audio": audio(plan),
            "posters": posters(plan),
            "storyboard": storyboard(plan),
        },
    }


def audio(plan: Plan) -> dict[str, Any] | None:
    if not plan.audio_channels:
        return None
    loudness = {"lufs": sound.LOUDNESS, "peak_dbtp": sound.PEAK}
    return {"channels": plan.audio_channels, "seconds": plan.sound_seconds, **loudness}


def posters(plan: Plan) -> dict[str, Any]:
    width, height = stills.fitted(plan, stills.POSTER_LONG_SIDE)
    return {"count": stills.POSTER_CANDIDATES, "width": width, "height": height}


def storyboard(plan: Plan) -> dict[str, Any]:
    board = stills.Storyboard.of(plan)
    return {**asdict(board), "across": board.across, "down": board.down, "sprites": board.sprites}
