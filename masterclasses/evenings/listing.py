"""Which evenings there are, for pages, calendars, digests and the desk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from home.models import Area
from masterclasses.models import MasterclassPage, PartPage

#: A feed keeps what was, so that a calendar does not forget it; and what was cancelled, so that it is struck out.
KEPT = timedelta(days=366)
MOST_IN_A_FEED = 200


def coming(*, now: datetime | None = None, areas: Iterable[Area] | None = None) -> Any:
    """What anybody may still come to, the next one first."""
    return _in(areas).filter(event_until__gt=now or timezone.now(), event_cancelled=False).order_by("event_from", "pk")


def for_feed(*, now: datetime | None = None, areas: Iterable[Area] | None = None) -> Any:
    since = (now or timezone.now()) - KEPT
    return _in(areas).filter(event_until__gt=since).order_by("-event_from", "-pk")[:MOST_IN_A_FEED]


def is_watchable(page: MasterclassPage) -> bool:
    """Whether a part of it can be watched by anybody."""
    return PartPage.objects.child_of(page).visible().filter(video__published__isnull=False).exists()


def _in(areas: Iterable[Area] | None) -> Any:
    evenings = MasterclassPage.objects.visible().filter(event_from__isnull=False)
    return evenings if areas is None else evenings.filter(areas__in=list(areas)).distinct()
