"""What templates and other floors read about videos and masterclasses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from masterclasses.models import Transcode, Video
from masterclasses.models.video import watch_url
from masterclasses.status.backlog import Backlog, Progress, progress_of
from masterclasses.status.state import VideoState
from masterclasses.transcoding import posters


def states_of(videos: Iterable[Video]) -> dict[int, VideoState]:
    """The states of any number of videos, in a number of queries that does not grow."""
    listed = list(videos)
    latest: dict[int, Transcode] = {}
    for transcode in Transcode.objects.filter(video__in=[video.pk for video in listed]).order_by("pk"):
        latest[transcode.video_id] = transcode
    going_on = [row.pk for row in latest.values() if row.status in Transcode.OPEN]
    backlog = Backlog() if going_on else None
    progress = progress_of(going_on) if going_on else {}
    return {video.pk: _state(video, latest.get(video.pk), backlog, progress) for video in listed}


def _state(
    video: Video, latest: Transcode | None, backlog: Backlog | None, progress: dict[int, Progress]
) -> VideoState:
    if latest is None or backlog is None or latest.status not in Transcode.OPEN:
        return VideoState.of(video, latest)
    pk = latest.pk
    return VideoState.of(video, latest, backlog.places.get(pk), progress.get(pk), backlog.forecasts.get(pk))


def state_of(video: Video) -> VideoState:
    return states_of([video])[video.pk]


@dataclass(frozen=True)
class Still:
    """A picture of the published encode that may become the poster."""

    name: str
    url: str
    chosen: bool


def stills_of(video: Video) -> list[Still]:
    transcode = video.published
    if transcode is None:
        return []
    return [
        Still(name, watch_url(transcode, name), name == video.poster_name) for name in posters.candidates(transcode)
    ]
