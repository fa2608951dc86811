"""What follows from a change elsewhere: published encodes, minutes, files, and masterclasses done part by part."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete
from django.utils.translation import gettext as _
from wagtail.signals import page_published, page_unpublished

from careers.progress.asking import ask_of_pages
from careers.signals import completion_undone, page_completed
from masterclasses import actions, completion, publishing
from masterclasses.captions import cues
from masterclasses.models import PartCaptions, PartPage, Piece, PublishWish, Transcode, Video
from masterclasses.signals import (
    encode_cancelled,
    encode_done,
    encode_failed,
    encode_planned,
    encode_restarted,
    encode_watchable,
    piece_ended,
    piece_restarted,
    publishing_failed,
)
from masterclasses.status import backlog
from masterclasses.telling import announcements, following
from masterclasses.transcoding import files, stages


def connect() -> None:
    encode_done.connect(on_encode_done, dispatch_uid="masterclasses.encode_done")
    encode_failed.connect(on_encode_failed, dispatch_uid="masterclasses.encode_failed")
    encode_cancelled.connect(on_encode_cancelled, dispatch_uid="masterclasses.encode_cancelled")
    encode_restarted.connect(on_encode_restarted, dispatch_uid="masterclasses.encode_restarted")
    piece_ended.connect(on_piece_ended, dispatch_uid="masterclasses.piece_ended")
    piece_restarted.connect(on_piece_restarted, dispatch_uid="masterclasses.piece_restarted")
    encode_planned.connect(on_encode_planned, dispatch_uid="masterclasses.encode_planned")
    encode_watchable.connect(on_encode_watchable, dispatch_uid="masterclasses.encode_watchable")
    publishing_failed.connect(on_publishing_failed, dispatch_uid="masterclasses.publishing_failed")
    page_published.connect(on_page_published, dispatch_uid="masterclasses.page_published")
    page_unpublished.connect(on_page_unpublished, dispatch_uid="masterclasses.page_unpublished")
    post_save.connect(on_video_saved, sender=Video, dispatch_uid="masterclasses.video_saved")
    pre_delete.connect(on_video_deleted, sender=Video, dispatch_uid="masterclasses.video_deleted")
    post_delete.connect(on_transcode_deleted, sender=Transcode, dispatch_uid="masterclasses.transcode_deleted")
    for signal in (post_save, post_delete):
        signal.connect(on_part_changed, sender=PartPage, dispatch_uid="masterclasses.part_changed")
    post_delete.connect(on_part_deleted, sender=PartPage, dispatch_uid="masterclasses.part_deleted")
    post_save.connect(on_captions_saved, sender=PartCaptions, dispatch_uid="masterclasses.captions_saved")
    post_delete.connect(on_captions_deleted, sender=PartCaptions, dispatch_uid="masterclasses.captions_deleted")
    page_completed.connect(on_page_completed, dispatch_uid="masterclasses.page_completed")
    completion_undone.connect(on_completion_undone, dispatch_uid="masterclasses.completion_undone")


def on_encode_planned(transcode: Transcode, **_signal: Any) -> None:
    backlog.remember_forecast(transcode)


def on_encode_done(transcode: Transcode, **_signal: Any) -> None:
    if actions.publish_encode(transcode):
        announcements.tell_ready(transcode)
        _can_be_watched(transcode)


def _can_be_watched(transcode: Transcode) -> None:
    """Whoever has seen enough of the film before may have seen enough of this one."""
    publishing.video_can_be_watched(transcode.video_id)
    parts = PartPage.objects.filter(video=transcode.video_id)
    following.note_premieres(parts)
    ask_of_pages(parts)


def on_encode_watchable(transcode: Transcode, **_signal: Any) -> None:
    if actions.publish_encode(transcode):
        announcements.tell_watchable(transcode)
        _can_be_watched(transcode)


def on_encode_failed(transcode: Transcode, **_signal: Any) -> None:
    """What its finished pieces made stays a day, for whoever tries again; then tidying takes it."""
    stages.end_pieces_after_commit(transcode)
    if actions.is_current(transcode):
        announcements.tell_failed(transcode)


def on_encode_cancelled(transcode: Transcode, **_signal: Any) -> None:
    stages.end_pieces_after_commit(transcode, discard=True)


def on_encode_restarted(transcode: Transcode, **_signal: Any) -> None:
    actions.forget_forecast(transcode)


def on_piece_ended(piece: Piece, **_signal: Any) -> None:
    stages.settle(piece.transcode_id)


def on_piece_restarted(piece: Piece, **_signal: Any) -> None:
    stages.restart(piece)


def on_publishing_failed(wish: PublishWish, **_signal: Any) -> None:
    publishing.tell_failed(wish)


def on_page_published(instance: Any, **_signal: Any) -> None:
    if isinstance(instance, PartPage):
        publishing.overtaken(instance.pk)
        following.note_premieres(PartPage.objects.filter(pk=instance.pk))
        completion.ask_of_series(instance)


def on_page_unpublished(instance: Any, **_signal: Any) -> None:
    if isinstance(instance, PartPage):
        publishing.overtaken(instance.pk)
        completion.ask_of_series(instance)


def on_part_deleted(instance: PartPage, **_signal: Any) -> None:
    """The series may be about to go as well, which is known after the commit."""
    transaction.on_commit(partial(completion.ask_of_series, instance), robust=True)


def on_video_saved(instance: Video, raw: bool, **_signal: Any) -> None:
    if not raw:
        actions.refresh_minutes(instance)


def on_video_deleted(instance: Video, **_signal: Any) -> None:
    actions.cancel_transcodes(instance, reason=_("The video was deleted."))


def on_transcode_deleted(instance: Transcode, **_signal: Any) -> None:
    transaction.on_commit(partial(files.remove_folder, instance.home), robust=True)


def on_part_changed(instance: PartPage, raw: bool = False, **_signal: Any) -> None:
    """Publishing, unpublishing, moving and deleting all end in a save or a delete."""
    if not raw:
        actions.refresh_series(instance)


def on_captions_saved(instance: PartCaptions, raw: bool, **_signal: Any) -> None:
    if not raw and cues.derive_cues(instance):
        cues.index_part(instance.part_id)


def on_captions_deleted(instance: PartCaptions, **_signal: Any) -> None:
    cues.index_part(instance.part_id)


def on_page_completed(person: Any, page: Any, **_signal: Any) -> None:
    completion.part_completed(person=person, page=page)


def on_completion_undone(person: Any, page: Any, **_signal: Any) -> None:
    completion.part_undone(person=person, page=page)
