"""Writes to the video library: new sources, their encodes, retries."""

from __future__ import annotations

from functools import partial
from pathlib import PurePosixPath
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Collection

from home.signals import public_content_changed
from jobs import actions as jobs
from jobs.wakeups import wake_after_commit
from masterclasses.models import MasterclassPage, PartPage, Piece, Transcode, Video
from masterclasses.quotas import check_room
from masterclasses.transcoding.heartbeat import add_up
from masterclasses.transcoding.ladder import Plan
from masterclasses.transcoding.planning import chunk_of, cost_of, wave_of
from masterclasses.transcoding.posters import candidates as poster_candidates
from masterclasses.transcoding.probe import Probe
from masterclasses.validation import validate_source


def add_video(*, title: str, file: File[Any], user: AbstractBaseUser | None = None) -> Video:
    """Store a video and queue its encode. Raises ValidationError when the file is no usable video."""
    probe = validate_source(file)
    video = Video(title=title, type="video", uploaded_by_user=user, collection=Collection.get_first_root_node())
    name = PurePosixPath(file.name or "video.mp4").name
    check_room(collection=video.collection, size=file.size)
    video.file.save(name, file, save=False)
    receive_source(video=video, probe=probe, original_name=name)
    return video


@transaction.atomic
def receive_source(*, video: Video, probe: Probe, original_name: str) -> Transcode:
    """Save `video`, whose `file` is new, and queue an encode; encodes of an earlier file are cancelled.

    The earlier file itself goes when all this is committed, and not before: what fails here loses nothing.
    """
    stored = Video.objects.select_for_update().filter(pk=video.pk).values_list("file", "published_id").first()
    if stored:  # an encode may have been published while the new file was being checked
        video.published_id = stored[1]
    video.original_name = original_name[:255]
    video.type = "video"
    video.source_bytes = video.file.size
    video.duration, video.width, video.height = probe.seconds, probe.display_width, probe.display_height
    video.save()
    if stored and stored[0] != video.file.name:
        transaction.on_commit(partial(default_storage.delete, stored[0]), robust=True)
    return start_transcode(video, probe=probe)


@transaction.atomic
def start_transcode(video: Video, *, probe: Probe | None = None) -> Transcode:
    """Queue an encode of the video's present file and wake a worker after commit."""
    cancel_transcodes(video, reason=_("The file was replaced."))
    transcode = Transcode.objects.create(
        video=video,
        source_name=str(video.file.name),
        probe=probe.as_json() if probe else {},
        seconds_total=probe.seconds if probe else video.duration,
    )
    wake_after_commit(transcode)
    return transcode


def cancel_transcodes(video: Video, *, reason: str) -> int:
    """End the open encodes of a video and return how many; a worker that holds one stops at its next sign of life."""
    return sum(jobs.cancel(transcode, reason=reason) for transcode in Transcode.objects.open().filter(video=video))


def retry_transcode(video: Video) -> bool:
    """Encode again after a failure, at an editor's request. Return whether there was something to retry."""
    latest = video.transcodes.order_by("-pk").first()
    if latest is None:
        start_transcode(video)
        return True
    return jobs.start_again(latest)


def forget_forecast(transcode: Transcode) -> None:
    """What was foretold is not to be compared with what comes of a second try."""
    Transcode.objects.filter(pk=transcode.pk).update(expected_watchable_at=None, expected_done_at=None)


@transaction.atomic
def retry_rung(transcode: Transcode, name: str) -> bool:
    """Encode one rung of a published encode again; viewers keep what they have until it is published anew.

    Return whether it could be: the encode is done, and has such a rung.
    """
    plan = Plan.from_json(transcode.plan) if transcode.plan else None
    rung = plan.named([name]) if plan else ()
    if plan is None or not rung or not is_current(transcode):
        return False
    pieces = list(transcode.pieces.filter(role=Piece.Role.VIDEO, wave=wave_of(plan, name)))
    if not pieces or not jobs.do_again(transcode, parked=True, stage=Transcode.Stage.PIECES):
        return False
    probe = Probe.from_json(transcode.probe)
    for piece in pieces:
        chunk = chunk_of(plan, piece.start, piece.seconds)
        cost = cost_of(chunk.frames, rung, probe.width * probe.height)
        jobs.do_again(piece, rungs=[name], folder="", seconds_done=0, cost=cost, rank=timezone.now())
    forget_forecast(transcode)
    add_up(transcode.pk)
    return True


@transaction.atomic
def choose_poster(video: Video, name: str) -> None:
    """Show another of the stills of the published encode; "" for the one that was chosen by itself.

    Raises ValidationError when there is no such still.
    """
    if name and name not in poster_candidates(video.published):
        raise ValidationError(_("This picture is not one of the video's stills."))
    Video.objects.filter(pk=video.pk).update(poster_name=name)
    public_content_changed.send(sender=Video)


def is_current(transcode: Transcode) -> bool:
    """Whether the encode is of the file that the video has now."""
    return Video.objects.filter(pk=transcode.video_id, file=transcode.source_name).exists()


def publish_encode(transcode: Transcode) -> bool:
    """Give viewers this encode, unless the file was replaced meanwhile; return whether that was done.

    Its files are not touched: those of the encode before go with the next tidying, after those who watch it.
    """
    current = Video.objects.filter(pk=transcode.video_id, file=transcode.source_name)
    current.exclude(published=transcode).update(poster_name="")  # its stills were those of the encode before
    changed = bool(current.update(published=transcode))
    if changed:
        public_content_changed.send(sender=Video)
    return changed


def refresh_minutes(video: Video) -> None:
    """Keep the minutes of the parts that show `video` true."""
    for part in PartPage.objects.filter(video=video):
        save_minutes(part)


def refresh_series(part: PartPage) -> None:
    """Keep the minutes of a series true when one of its parts has changed."""
    masterclass = MasterclassPage.objects.parent_of(part).first()
    if masterclass:
        save_minutes(masterclass)


def save_minutes(page: PartPage | MasterclassPage) -> None:
    minutes = page.count_minutes()
    if minutes != page.minutes:
        page.minutes = minutes
        page.save(clean=False, update_fields=["minutes"])
