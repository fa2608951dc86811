"""Who may upload what, and how much. Every request of an upload is checked, not only the first."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import F, Sum
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from wagtail.models import Collection
from wagtailmedia import get_permission_policy

from masterclasses.models import Upload, Video
from masterclasses.quotas import check_room
from masterclasses.uploads import disk
from masterclasses.uploads.protocol import Refused
from masterclasses.validation import validate_size

#: Unfinished uploads of one person.
MOST_OPEN = 20
#: Room on the disk that uploads leave alone, in bytes: databases and encodes need some.
SPARE = 1 << 30
#: What a client should send in one request, in bytes; a larger body than `most_in_one_request` is refused.
CHUNK = 4 * 1024 * 1024


def most_in_one_request() -> int:
    """As for every other body. Reading goes block by block, so this bounds time and not memory."""
    return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def collections_for(user: Any) -> Any:
    """The collections to which somebody may add videos."""
    return get_permission_policy().collections_user_has_permission_for(user, "add")


def may_replace(user: Any, video: Video) -> bool:
    return bool(get_permission_policy().user_has_permission_for_instance(user, "change", video))


def may_go_on(user: Any, upload: Upload) -> bool:
    """Whether the owner of an upload still has the right that it needs."""
    if upload.replaces:
        return may_replace(user, upload.replaces)
    return bool(collections_for(user).filter(pk=upload.collection_id).exists())


def check_limits(*, owner: Any, collection: Collection, length: int, replaces: Video | None) -> None:
    """Raises Refused in words that name the limit and what to do."""
    try:
        validate_size(length)
        check_room(collection=collection, size=length, replaces=replaces)
    except ValidationError as error:
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, " ".join(error.messages)) from error
    if Upload.objects.receiving().filter(owner=owner).count() >= MOST_OPEN:
        words = _("You have %(count)s unfinished uploads, which is the limit. Continue or cancel one of them first.")
        raise Refused(HTTPStatus.TOO_MANY_REQUESTS, words % {"count": MOST_OPEN})
    check_disk(length)


def check_disk(length: int) -> None:
    """The disk must have room for this file, for the rest of those that are on their way, and some to spare."""
    coming = Upload.objects.receiving().aggregate(total=Sum(F("length") - F("offset")))["total"] or 0
    if length + coming + SPARE > disk.free_bytes():
        words = _("The server has no room for a file of %(size)s at the moment. Tell your administrator.")
        raise Refused(HTTPStatus.INSUFFICIENT_STORAGE, words % {"size": filesizeformat(length)})
