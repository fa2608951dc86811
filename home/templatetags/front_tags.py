"""What the front page shows: the editors' choice, the newest path and masterclass, and then what else is new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.db.models import Q, QuerySet, Subquery

from home.models import ContentKind, ContentPage, HomePage

register = template.Library()

FEATURED = 4
LATEST = 6
#: What is shown further up is left out of the latest, so more are asked for: a path, a masterclass and the featured.
CANDIDATES = LATEST + FEATURED + 2


@dataclass(frozen=True)
class FrontPage:
    path: ContentPage | None
    masterclass: ContentPage | None
    featured: list[ContentPage]
    latest: list[ContentPage]


def _newest(kind: str, **more: Any) -> QuerySet[ContentPage]:
    return ContentPage.objects.visible().in_language().filter(kind=kind, **more).newest().values("pk")[:1]


@register.simple_tag
def front_page(page: HomePage) -> FrontPage:
    """Return what is on the front page, no page twice, with all cards in one constant set of queries."""
    chosen = [feature.page_id for feature in page.features.all()]
    rows = ContentPage.objects.visible().in_language()
    latest = rows.exclude(kind=ContentKind.PART).newest().values("pk")[:CANDIDATES]
    wanted = Q(pk__in=chosen) | Q(pk__in=Subquery(latest))
    for kind in (ContentKind.PATH, ContentKind.MASTERCLASS):
        wanted |= Q(pk=Subquery(_newest(kind))) | Q(pk=Subquery(_newest(kind, minutes__gt=0)))
    found = {item.pk: item for item in ContentPage.objects.visible().filter(wanted).newest().for_cards()}
    picks = {kind: _first(found, kind) for kind in (ContentKind.PATH, ContentKind.MASTERCLASS)}
    for pick in picks.values():
        if pick:
            del found[pick.pk]
    featured = [found.pop(pk) for pk in chosen if pk in found]
    rest = [item for item in found.values() if item.kind != ContentKind.PART]
    missing = FEATURED - len(featured)
    return FrontPage(
        picks[ContentKind.PATH], picks[ContentKind.MASTERCLASS], featured + rest[:missing], rest[missing:][:LATEST]
    )


def _first(found: dict[int, ContentPage], kind: str) -> ContentPage | None:
    """The newest of a kind that takes time: what has no part yet is only announced. `found` is newest first."""
    items = [item for item in found.values() if item.kind == kind]
    return next((item for item in items if item.minutes), items[0] if items else None)
