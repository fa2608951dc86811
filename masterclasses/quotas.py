"""Whether a collection has room for a video; every door that takes one asks here."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection

from masterclasses.models import CollectionQuota, Upload, Video

FULL = _(
    "The collection “%(collection)s” has no room for this file: %(used)s of %(limit)s are used, and the file is "
    "%(size)s. Delete videos that are no longer needed, choose another collection, or ask an administrator for more."
)


@transaction.atomic
def check_room(
    *, collection: Collection, size: int, replaces: Video | None = None, upload: Upload | None = None
) -> None:
    """Raise ValidationError in an editor's words when `size` more bytes are more than a quota allows.

    The file that is replaced, and the upload that asks, do not count twice. Inside a transaction that then writes
    the bytes down, two who ask at once cannot both get the last room: the quotas are locked until its end.
    """
    quotas = CollectionQuota.objects.covering(collection)
    list(quotas.select_for_update().order_by("pk").values_list("pk", flat=True))
    for quota in quotas.with_used().select_related("collection").order_by("pk"):
        used = quota.kept + quota.announced
        used -= replaces.source_bytes if replaces and _inside(replaces.collection, quota) else 0
        used -= upload.length if upload and upload.state in Upload.OPEN and _inside(upload.collection, quota) else 0
        if used + size > quota.max_bytes:
            raise ValidationError(
                FULL,
                code="quota",
                params={
                    "collection": quota.collection.name,
                    "used": filesizeformat(used),
                    "limit": filesizeformat(quota.max_bytes),
                    "size": filesizeformat(size),
                },
            )


def _inside(collection: Collection, quota: CollectionQuota) -> bool:
    return bool(collection.path.startswith(quota.collection.path))
