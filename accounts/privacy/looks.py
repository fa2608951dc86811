"""Who of the staff looked at a person's progress: kept in Wagtail's log, and told to the person without a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from accounts.models import User

#: The action in Wagtail's log.
LOOKED = "accounts.look"


@dataclass(frozen=True)
class Look:
    at: datetime
    role: str


def record_look(*, viewer: User, person: User) -> None:
    """Note that `viewer` has seen the person's progress, and in which role."""
    log(instance=person, action=LOOKED, user=viewer, data={"role": role_of(viewer)})


def looks_at(person: User) -> list[Look]:
    """The looks, newest first."""
    entries = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User), object_id=str(person.pk), action=LOOKED
    )
    rows = entries.order_by("-timestamp").values_list("timestamp", "data")
    return [Look(at, data.get("role") or _("Staff")) for at, data in rows]


def role_of(viewer: User) -> str:
    if viewer.is_superuser:
        return _("Administrator")
    return ", ".join(viewer.groups.order_by("name").values_list("name", flat=True)) or _("Staff")
