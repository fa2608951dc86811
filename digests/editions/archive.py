"""Past editions as anybody may read them: nothing personal, and only what is still public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from digests.editions.actions import in_order
from digests.models import DigestSettings, Edition
from digests.rendering.notes import note_html
from digests.selection.candidates import public_pages
from digests.selection.plans import plan_of
from home.models import Area, ContentPage


@dataclass(frozen=True)
class PastEdition:
    """`sections` are pairs of an area and its pages."""

    edition: Edition
    note: str
    sections: list[tuple[Area, list[ContentPage]]]

    @property
    def note_html(self) -> SafeString:
        """The note as nh3 has cleaned it."""
        return mark_safe(self.note)  # noqa: S308

    @property
    def number(self) -> int:
        return sum(len(pages) for _area, pages in self.sections)


def past_edition(slug: str, *, now: datetime | None = None) -> PastEdition | None:
    """The edition with this address, once its first mail has gone."""
    rhythm, _dash, period = slug.partition("-")
    found = Edition.objects.public().filter(rhythm=rhythm, period_key__iexact=f"{rhythm} {period}").first()
    return read(found, now=now) if found else None


def read(edition: Edition, *, now: datetime | None = None) -> PastEdition:
    """What everybody's digest of that edition was made from, of the active language, in the order of its items."""
    held = not edition.approved_at and DigestSettings.load().needs_approval
    plan = plan_of(edition, held=held)
    ids = [item.page_id for item in in_order(edition) if item.page_id not in plan.left_out]
    pages = public_pages(now or timezone.now()).in_language().filter(pk__in=ids).for_cards()
    by_id = {page.pk: page for page in pages}
    return PastEdition(edition, note_html(plan.note), _sections([by_id[pk] for pk in ids if pk in by_id]))


def _sections(pages: list[ContentPage]) -> list[tuple[Area, list[ContentPage]]]:
    grouped: dict[Area, list[ContentPage]] = {}
    for page in pages:
        home = next(iter(sorted(page.areas.all(), key=lambda area: (area.sort_order, area.local.title))), None)
        if home is not None:
            grouped.setdefault(home, []).append(page)
    return list(grouped.items())
