"""What a browser has kept of parts that were played without an account, taken over at sign-in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from careers.progress.sections import Row
from masterclasses.access.rules import admitted
from masterclasses.models import PartPage, WatchBeat, WatchCoverage
from masterclasses.watching import ledger
from masterclasses.watching.beats import FASTEST, Beat, number_in
from masterclasses.watching.film import film_of
from masterclasses.watching.intervals import Spans, clip, minus, total, union
from masterclasses.watching.plausibility import TOLERANCE
from masterclasses.watching.recording import absorb
from masterclasses.watching.standing import standing_in

if TYPE_CHECKING:
    from accounts.models import User

MOST_PARTS, MOST_SPANS = 100, 500
LARGEST_ID = 2**53


@dataclass(frozen=True)
class Claim:
    """What a browser says was played of a part, and since when, in seconds since 1970, it has known the part."""

    part: int
    spans: Spans
    since: float


class BrowserCoverage:
    """Rows `{"part", "spans": [[from, to], …], "at"}`: `at`, in milliseconds since 1970, is when the first was played.

    A row that claims more than could be played since then is dropped whole.
    """

    def preview(self, person: User, rows: Sequence[Row]) -> list[str]:
        return [
            _("“%(title)s”: %(played)s.") % {"title": part.title, "played": standing_in(part, None, spans=spans).played}
            for part, spans, known in _credible(person, rows)
            if minus(spans, known)
        ]

    def take(self, person: User, rows: Sequence[Row]) -> int:
        """Return in how many parts there was something new."""
        return sum(_add(person, part, spans) for part, spans, _known in _credible(person, rows))


@transaction.atomic
def _add(person: User, part: PartPage, spans: Spans) -> bool:
    coverage = ledger.take(person=person.pk, part=part.pk)
    new = minus(spans, coverage.spans)
    if not new:
        return False
    earlier = ledger.beats_of(coverage).filter(session=WatchBeat.BROWSER).aggregate(last=Max("sequence"))["last"]
    first, now = 0 if earlier is None else earlier + 1, timezone.now().timestamp()
    beats = [Beat(first + place, start, end, 1.0, now) for place, (start, end) in enumerate(new)]
    ledger.write(coverage, WatchBeat.BROWSER, beats)
    absorb(coverage, person=person, part=part, spans=new)
    return True


def _credible(person: User, rows: Sequence[Row]) -> Iterator[tuple[PartPage, Spans, Spans]]:
    """Each part that the person may see, with what the browser has of it and what the account has already."""
    claims: dict[int, Claim] = {}
    for claim in filter(None, map(_claim, rows[-MOST_PARTS:])):
        other = claims.get(claim.part, claim)
        claims[claim.part] = Claim(claim.part, union(other.spans, claim.spans), min(other.since, claim.since))
    parts = list(PartPage.objects.live().filter(pk__in=claims).select_related("video__published"))
    seen, now = admitted(person, parts), timezone.now().timestamp()
    known = dict(WatchCoverage.objects.filter(person=person.pk, part__in=claims).values_list("part", "spans"))
    for part in parts:
        spans = clip(claims[part.pk].spans, film_of(part).length)
        if part.pk in seen and spans and total(spans) <= (now - claims[part.pk].since) * FASTEST + TOLERANCE:
            yield part, spans, union(known.get(part.pk, []))


def _claim(row: Row) -> Claim | None:
    """What a row says, if it is one: a browser's storage may hold anything."""
    part, at, spans = number_in(row, "part"), number_in(row, "at"), row.get("spans")
    if part is None or at is None or not isinstance(spans, list) or not 0 < part < LARGEST_ID:
        return None
    pairs = [span for span in spans[:MOST_SPANS] if isinstance(span, list) and len(span) == 2]
    numbers = [(number_in({"": start}, ""), number_in({"": end}, "")) for start, end in pairs]
    good = [(start, end) for start, end in numbers if start is not None and end is not None]
    return Claim(int(part), union(good), at / 1000) if good else None
