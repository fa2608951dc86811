"""Publishing a draft when its video can be watched: asking for it, changing one's mind, and doing it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.log_actions import log
from wagtail.models import Revision

from jobs.actions import NEVER, fail, finish, park, resume
from jobs.models import Notice
from jobs.notices import notify
from jobs.speaking import speaking_to
from jobs.wakeups import wake_after_commit
from masterclasses.models import PartPage, PublishWish, Transcode, Video

ASKED, DONE = "masterclasses.ask_to_publish_when_ready", "masterclasses.publish_when_ready"


@transaction.atomic
def ask(*, part: PartPage, revision: Revision, video: Video, person: Any) -> PublishWish:
    """Publish `revision` as soon as `video` can be watched, in the name of `person`; a wish from before is replaced."""
    before = PublishWish.objects.filter(part=part).first()
    PublishWish.objects.filter(part=part).delete()
    ready = can_be_watched(video)
    wish = PublishWish.objects.create(
        part=part, revision=revision, video=video, person=person, next_try_at=timezone.now() if ready else NEVER
    )
    if before is None:
        log(instance=part, action=ASKED, user=person, revision=revision)
    if ready:
        wake_after_commit(wish)
    return wish


def withdraw(part_id: int) -> bool:
    """Forget the wish and say whether there was one; a worker that is about to publish finds it gone and does not."""
    deleted, _rows = PublishWish.objects.filter(part=part_id).delete()
    return bool(deleted)


def overtaken(part_id: int) -> None:
    """Somebody has published or unpublished the part; what is at work right now is what did it."""
    PublishWish.objects.waiting().filter(part=part_id).delete()


def video_can_be_watched(video_id: int) -> None:
    for wish in PublishWish.objects.parked().filter(video=video_id):
        resume(wish)


def can_be_watched(video: Video) -> bool:
    """Whether viewers would get the file that the video has now, and not the one before."""
    newest = Transcode.objects.filter(video=video).order_by("-pk").values_list("pk", flat=True).first()
    return newest is not None and newest == Video.objects.values_list("published", flat=True).get(pk=video.pk)


def publish(wish: PublishWish) -> None:
    """Publish the draft in the transaction that ends the wish, or say why not. Raises LeaseLost."""
    if not can_be_watched(wish.video):
        park(wish)
    elif reason := why_not(wish):
        fail(wish, reason=reason)
    else:
        with transaction.atomic():
            PublishPageRevisionAction(wish.revision, user=wish.person, changed=True).execute()
            log(instance=wish.part, action=DONE, user=wish.person, revision=wish.revision)
            _tell_published(wish)
            finish(wish)


def why_not(wish: PublishWish) -> str:
    """What stands in the way since it was asked for; empty when nothing does."""
    person, part = wish.person, wish.part
    may = part.permissions_for_user(person)
    if not (person.is_active and may.can_publish()):
        return _("%(person)s, who asked for it, may not publish it any more.") % {"person": person}
    if may.page_locked():
        return _("The page is locked.")
    if part.workflow_in_progress:
        return _("The page is in moderation.")
    try:
        wish.revision.as_object().full_clean()
    except ValidationError as error:
        return _("Something on the page is missing: %(errors)s") % {"errors": " ".join(error.messages)}
    return ""


def tell_failed(wish: PublishWish) -> None:
    with speaking_to(wish.person):
        notify(
            subject=wish,
            event="failed",
            recipient=wish.person,
            title=_("“%(page)s” was not published") % {"page": wish.part.title},
            message=_("Its video is ready, but it stays a draft. %(reason)s") % {"reason": wish.reason},
            url=f"/admin/pages/{wish.part_id}/edit/",
            level=Notice.Level.BAD,
        )


def _tell_published(wish: PublishWish) -> None:
    part = PartPage.objects.get(pk=wish.part_id)
    with speaking_to(wish.person):
        notify(
            subject=wish,
            event="published",
            recipient=wish.person,
            title=_("“%(page)s” is published") % {"page": part.title},
            message=_("Its video can be watched now, and you had asked for the page to be published then."),
            url=part.url or f"/admin/pages/{part.pk}/edit/",
        )
