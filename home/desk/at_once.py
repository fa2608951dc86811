"""Two editors at once: what was done stands in Wagtail's log, and a form carries how far its page had read there.

A change is refused when the log has more about the same thing since then: nobody's change is undone by an older page.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from wagtail.admin.models import EditingSession
from wagtail.admin.ui.editing_sessions import EditingSessionsModule
from wagtail.log_actions import registry
from wagtail.models import BaseLogEntry

MOST_DIGITS = 18


class Meanwhile(Exception):
    """Somebody else was quicker."""

    def __init__(self, entry: BaseLogEntry) -> None:
        self.entry = entry

    def __str__(self) -> str:
        return _(
            "Nothing was changed: %(person)s was quicker, at %(time)s (%(what)s). "
            "Look at it as it is now, and do it again if it is still right."
        ) % {
            "person": self.entry.user_display_name,
            "time": time_format(timezone.localtime(self.entry.timestamp), "TIME_FORMAT"),
            "what": self.entry.message,
        }


def read_so_far(instance: Model) -> int:
    """The number that a form carries as `seen`; it is to be asked for before what the form shows."""
    newest = registry.get_logs_for_instance(instance).order_by("-pk").values_list("pk", flat=True).first()
    return int(newest or 0)


def seen_in(request: HttpRequest) -> int:
    """What is no number counts as having seen nothing."""
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) <= MOST_DIGITS else 0


def refuse_if_changed(instance: Model, seen: int, concerns: Callable[[Any], bool]) -> None:
    """Raise Meanwhile. Ask it with the row locked: then nothing can be done between the question and the change."""
    since = registry.get_logs_for_instance(instance).filter(pk__gt=seen).order_by("pk").select_related("user")
    for entry in since:
        if concerns(entry):
            raise Meanwhile(entry)


def editing_sessions(instance: Model, person: Any) -> EditingSessionsModule:
    """Wagtail's notice of who else has it open, for a view of ours: Wagtail makes it for its own alone."""
    EditingSession.cleanup()
    kind = ContentType.objects.get_for_model(instance)
    session = EditingSession.objects.create(
        user=person, content_type=kind, object_id=instance.pk, last_seen_at=timezone.now()
    )
    ping = reverse("wagtailadmin_editing_sessions:ping", args=[*kind.natural_key(), instance.pk, session.pk])
    release = reverse("wagtailadmin_editing_sessions:release", args=[session.pk])
    return EditingSessionsModule(session, ping, release, [])
