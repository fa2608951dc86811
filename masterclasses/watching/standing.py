"""What somebody has played of a part, measured against its present film and told in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from math import ceil

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.templatetags.portal_tags import clock
from masterclasses.models import PartPage, WatchCoverage
from masterclasses.watching.film import Film, film_of, is_enough
from masterclasses.watching.hole import Hole
from masterclasses.watching.intervals import Spans, clip, holes, total, union

#: Shorter gaps, in seconds, are not worth telling: a breath between two sentences.
LEAST_HOLE = 3.0
#: So many holes are named; the others are counted.
MOST_HOLES = 3
#: Shorter films, in seconds, are told by the clock instead of in minutes.
SHORT = 120


@dataclass(frozen=True)
class Standing:
    film: Film
    spans: Spans
    watched_at: datetime | None = None
    replaced_at: datetime | None = None
    kept_to: float | None = None

    @cached_property
    def seconds(self) -> float:
        """What was played of what counts."""
        return total(clip(self.spans, self.film.counted))

    @property
    def percent(self) -> int:
        return int(100 * self.seconds / self.film.counted) if self.film.counted else 0

    @property
    def enough(self) -> bool:
        """Whether it has been enough for the present film, or once was for the one before."""
        return self.watched_at is not None or is_enough(self.spans, self.film)

    @cached_property
    def missed(self) -> list[Hole]:
        """The holes before the furthest second that was played."""
        furthest = max((end for _start, end in self.spans), default=0.0)
        end = min(furthest, self.film.counted)
        return [Hole(*hole) for hole in holes(self.spans, end, least=LEAST_HOLE)]

    @cached_property
    def to_come(self) -> Hole | None:
        """What is behind the furthest second that was played."""
        ends = [hole for hole in holes(self.spans, self.film.counted, least=LEAST_HOLE) if hole[1] == self.film.counted]
        return Hole(*ends[0]) if ends and self.spans else None

    @property
    def played(self) -> str:
        """“You have played 12 of 20 minutes”."""
        if self.film.counted < SHORT:
            return _("You have played %(seconds)s of %(all)s") % {
                "seconds": clock(self.seconds),
                "all": clock(self.film.counted),
            }
        minutes = ceil(self.film.counted / 60)
        words = ngettext(
            "You have played %(minutes)d of %(all)d minute", "You have played %(minutes)d of %(all)d minutes", minutes
        )
        return words % {"minutes": min(round(self.seconds / 60), minutes), "all": minutes}

    @property
    def sentence(self) -> str:
        """The whole of it: what was played, what was missed, what is to come, or since when it has been enough."""
        if self.watched_at and not is_enough(self.spans, self.film):
            return _("You watched it on %(day)s.") % {"day": _day(self.watched_at)}
        if not self.seconds:
            return _("You have not played any of it yet.")
        if self.enough:
            return _("%(played)s, and that is enough.") % {"played": self.played}
        parts = [self.played]
        if self.missed:
            parts.append(_("you missed %(holes)s") % {"holes": self._missed_words()})
        if self.to_come:
            parts.append(_("%(hole)s is still to come") % {"hole": self.to_come.words})
        return "; ".join(parts) + "."

    @property
    def replaced(self) -> str:
        """What has become of it since the video was replaced by one of another length; empty if it was not."""
        if not self.replaced_at or self.kept_to is None:
            return ""
        return _("The video was replaced on %(day)s; what you watched still counts up to %(time)s.") % {
            "day": _day(self.replaced_at),
            "time": clock(self.kept_to),
        }

    def _missed_words(self) -> str:
        named = [hole.words for hole in self.missed[:MOST_HOLES]]
        more = len(self.missed) - len(named)
        if not more:
            return ", ".join(named)
        others = ngettext("%(count)d more stretch", "%(count)d more stretches", more) % {"count": more}
        return _("%(holes)s and %(others)s") % {"holes": ", ".join(named), "others": others}


def standing_in(part: PartPage, coverage: WatchCoverage | None, *, spans: Spans | None = None) -> Standing:
    """Measure a coverage against what viewers of the part get now; `spans` in place of those that it holds."""
    film = film_of(part)
    if coverage is None:
        return Standing(film, spans or [])
    replaced_at, kept_to = coverage.replaced_at, coverage.kept_to
    if coverage.source and coverage.source != film.source and not film.is_like(coverage.length):
        replaced_at, kept_to = film.since, min(coverage.length, film.length)
    own = union(coverage.spans) if spans is None else spans
    return Standing(film, clip(own, film.length), coverage.watched_at, replaced_at, kept_to)


def _day(moment: datetime) -> str:
    return date_format(localtime(moment), "DATE_FORMAT")
