"""Tells “My learning” which parts a person has begun to watch, or to hear, and not finished."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from careers.learning.stops import LOOKED_AT, Stop
from home.models import ContentPage
from home.templatetags.portal_tags import clock
from masterclasses.models import WatchPosition
from masterclasses.watching.reading import is_unfinished

if TYPE_CHECKING:
    from accounts.models import User


def watching_stops(person: User) -> Iterator[Stop]:
    """The unfinished parts that the person may see, the latest first; one query."""
    may_see = ContentPage.objects.open_to(person).order_by().values("pk")
    positions = WatchPosition.objects.filter(person=person.pk, part__video__isnull=False, part__in=may_see)
    for row in positions.select_related("part__video").order_by("-updated_at")[:LOOKED_AT]:
        part, length = row.part, row.part.video.duration if row.part.video else 0.0
        if not is_unfinished(row.seconds, length):
            continue
        yield Stop(
            page_id=part.pk,
            title=part.title,
            kind=part.kind,
            kind_label=str(part.get_kind_display()),
            address=f"{part.url}?t={int(row.seconds)}",
            place=_("at %(time)s") % {"time": clock(row.seconds)},
            percent=int(100 * row.seconds / length),
            seconds_left=length - row.seconds,
            at=row.updated_at,
            played=row.seconds,
        )
