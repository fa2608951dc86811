"""Where people left off, for the player and the list of parts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from home.templatetags.portal_tags import clock
from masterclasses.access.rules import admitted
from masterclasses.models import MasterclassPage, PartPage, WatchPosition
from masterclasses.watching.film import film_of

if TYPE_CHECKING:
    from accounts.models import User

#: Whoever has seen less has not begun, and with less left over has seen it: the applause is not missed.
BEGUN_SECONDS, REST_SECONDS, REST_SHARE = 5, 15, 0.03


@dataclass(frozen=True)
class Stop:
    """A part that somebody has begun and not finished; `number` is its place among the parts, None where unknown."""

    part: PartPage
    seconds: float
    length: float
    number: int | None = None

    @property
    def minutes_left(self) -> int:
        return ceil((self.length - self.seconds) / 60)

    @property
    def percent(self) -> int:
        return int(100 * self.seconds / self.length)

    @property
    def words(self) -> str:
        """“12:40, 11 min left”."""
        return _("%(time)s, %(minutes)d min left") % {"time": clock(self.seconds), "minutes": self.minutes_left}

    @property
    def address(self) -> str:
        return f"{self.part.url}?t={int(self.seconds)}"


def is_unfinished(seconds: float, length: float) -> bool:
    """Whether there is a point in going on. The end is left out: 15 s, a tenth of a short film, 3 % of a long one."""
    return BEGUN_SECONDS <= seconds < length - max(min(REST_SECONDS, length / 10), REST_SHARE * length)


def position_in(person: User, part: PartPage) -> WatchPosition | None:
    return WatchPosition.objects.filter(person=person, part=part.pk).first()


def stops_in(person: User, series: MasterclassPage) -> list[Stop]:
    """The unfinished parts of a series, the latest first, in a constant number of queries."""
    numbers = {pk: place for place, pk in enumerate(_shown_parts(series).values_list("pk", flat=True), start=1)}
    positions = _positions(person).filter(part__in=numbers)
    return list(_stops(person, positions, numbers))


def _shown_parts(series: MasterclassPage) -> QuerySet[PartPage]:
    return PartPage.objects.child_of(series).live().order_by("path")


def _positions(person: User) -> QuerySet[WatchPosition]:
    positions = WatchPosition.objects.filter(person=person, part__live=True, part__video__isnull=False)
    return positions.select_related("part__video__published").order_by("-updated_at")


def _stops(person: User, positions: Iterable[WatchPosition], numbers: dict[int, int]) -> Iterable[Stop]:
    found = [row for row in positions if is_unfinished(row.seconds, _length(row.part))]
    seen = admitted(person, [row.part for row in found])
    for row in found:
        if row.part_id in seen:
            yield Stop(row.part, row.seconds, _length(row.part), numbers.get(row.part_id))


def _length(part: PartPage) -> float:
    return film_of(part).length
