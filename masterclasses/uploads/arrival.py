"""What becomes of a file whose last byte has come: a video in the library, once, or a reason why not."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from masterclasses.actions import receive_source
from masterclasses.models import Upload, Video
from masterclasses.quotas import check_room
from masterclasses.transcoding import files
from masterclasses.transcoding.probe import Probe
from masterclasses.uploads import actions, disk
from masterclasses.uploads.rules import may_go_on
from masterclasses.validation import validate_source

logger = logging.getLogger(__name__)
#: Before another attempt; and how long a file may take on its way to a storage elsewhere.
WAIT = timedelta(minutes=1)
SENDING = timedelta(minutes=30)


def settle(pk: int) -> None:
    """Check a complete file and put it into the library. Safe to call again and again, and at the same time."""
    upload = actions.claim_check(pk)
    if upload is None:
        return
    try:
        arrive(upload)
    except ValidationError as refusal:
        actions.refuse(upload, " ".join(refusal.messages))
    except Exception:
        logger.exception("Upload %s could not be put into the library.", upload.uuid)
        fall_back(upload)


def fall_back(upload: Upload) -> None:
    if upload.attempts < Upload.max_attempts:
        actions.hold_for(upload, WAIT)
        return
    reason = _("The server tried %(count)s times to take this file in, and could not. Tell your administrator.")
    actions.refuse(upload, reason % {"count": upload.attempts})


def arrive(upload: Upload) -> None:
    """Raises ValidationError in an editor's words when the file is refused; whatever the storage raises."""
    if upload.attempts > Upload.max_attempts:
        raise ValidationError(_("The server was stopped whenever it checked this file. Tell your administrator."))
    if not may_go_on(upload.owner, upload):
        raise ValidationError(_("You may no longer add videos there. Ask an administrator, then upload it again."))
    probe = examine(upload)
    name = store(upload)
    with transaction.atomic():
        if actions.end_check(upload, Upload.State.DONE):
            add_to_library(upload, name, probe)
    disk.remove(upload)


def examine(upload: Upload) -> Probe:
    """The facts about the file, found once."""
    check_room(collection=upload.collection, size=upload.length, replaces=upload.replaces, upload=upload)
    if upload.probe:
        return Probe.from_json(upload.probe)
    if disk.size_of(upload) != upload.length:
        raise ValidationError(_("The file is not on the server any more. Upload it again."))
    with disk.path_of(upload).open("rb") as stream:
        probe = validate_source(disk.ArrivedFile(upload, stream))
    actions.held(upload).update(probe=probe.as_json())
    return probe


def store(upload: Upload) -> str:
    """Put the file where the media are and return its name there. An attempt before may have done so."""
    name = upload.source_name
    if default_storage.exists(name):
        if default_storage.size(name) == upload.length:
            return name
        default_storage.delete(name)
    if files.local(name) is None:
        actions.hold_for(upload, SENDING)
    with disk.path_of(upload).open("rb") as stream:
        return str(default_storage.save(name, disk.ArrivedFile(upload, stream)))


def add_to_library(upload: Upload, name: str, probe: Probe) -> None:
    """Inside the transaction in which the upload becomes done."""
    if upload.replaces:
        video = Video.objects.select_for_update().get(pk=upload.replaces.pk)
    else:
        video = Video(title=upload.title, collection=upload.collection, uploaded_by_user=upload.owner)
    video.file.name = name
    receive_source(video=video, probe=probe, original_name=upload.file_name)
    Upload.objects.filter(pk=upload.pk).update(video=video)


def settle_forgotten() -> None:
    """Check what was left complete and unchecked when a process was killed."""
    forgotten = Upload.objects.filter(state=Upload.State.CHECKING).free(timezone.now())
    for pk in list(forgotten.order_by("pk").values_list("pk", flat=True)[:50]):
        settle(pk)
