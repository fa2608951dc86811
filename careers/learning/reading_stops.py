"""Tells “My learning” which articles a person has begun and not read to the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from careers.learning.passages import ANCHOR_PREFIX
from careers.learning.stops import LOOKED_AT, Stop
from careers.models import ReadingPlace
from home.models import ContentPage

if TYPE_CHECKING:
    from accounts.models import User

#: With less than this left over, an article is as good as read.
ALL_READ = 95


def reading_stops(person: User) -> list[Stop]:
    """The articles that are begun and not read to the end and that the person may see, the latest first; one query."""
    seen = ContentPage.objects.open_to(person).order_by().values("pk")
    places = ReadingPlace.objects.of(person).filter(percent__lt=ALL_READ, page__in=seen).select_related("page")
    latest = list(places.order_by("-updated_at")[:LOOKED_AT])
    return stops_at(latest, {place.page_id: place.page for place in latest})


def stops_at(places: Iterable[ReadingPlace], pages: Mapping[int, ContentPage]) -> list[Stop]:
    """The places in articles that are at hand and not read to the end."""
    begun = (place for place in places if place.percent < ALL_READ and place.page_id in pages)
    return [_stop(place, pages[place.page_id]) for place in begun]


def _stop(place: ReadingPlace, page: ContentPage) -> Stop:
    return Stop(
        page_id=page.pk,
        title=page.title,
        kind=page.kind,
        kind_label=str(page.get_kind_display()),
        address=f"{page.url}#{ANCHOR_PREFIX}{place.anchor}",
        place=_("at “%(heading)s”") % {"heading": place.heading} if place.heading else _("near the beginning"),
        percent=place.percent,
        seconds_left=page.minutes * 60 * (100 - place.percent) / 100,
        at=place.updated_at,
    )
