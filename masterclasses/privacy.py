"""What stays of a video when who uploaded it goes, and what becomes of a file that is still on its way."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.privacy import registry
from masterclasses.models import Upload
from masterclasses.uploads import disk

if TYPE_CHECKING:
    from accounts.models import User


def register() -> None:
    for link in ("masterclasses.Video.uploaded_by_user", "wagtailmedia.Media.uploaded_by_user"):
        reason = _("It is part of the site and other people watch it. It does not say any more who added it.")
        registry.keep(link, reason=reason, fields=("title", "created_at"))
    registry.before_erasing("masterclasses.uploads", stop_uploads)


def stop_uploads(person: User) -> None:
    """The rows go with the person, which ends the work on them; the bytes that had arrived go after the commit."""
    for upload in Upload.objects.open().filter(owner=person):
        transaction.on_commit(partial(disk.remove, upload), robust=True)
