"""What may be in somebody's digest: read once for many readers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Q

from home.models import ContentKind, ContentPage
from home.querysets import ContentPageQuerySet
from masterclasses.models import Premiere

#: The newest of what is new; further back lies only what a reader did not get for want of room.
MOST_CANDIDATES = 500


@dataclass(frozen=True)
class Candidate:
    """`out_at` is when it came out; `place` where it stands in the tree."""

    pk: int
    out_at: datetime | None
    day: date
    place: str
    areas: frozenset[int]
    language: str = settings.LANGUAGE_CODE

    def is_new(self, *, since: datetime, now: datetime) -> bool:
        return self.out_at is not None and since < self.out_at <= now


def not_ended(now: datetime) -> Q:
    """The condition that a page has not come to its end, whether the task that ends it has run or not."""
    return Q(expire_at=None) | Q(expire_at__gt=now)


def public_pages(now: datetime) -> ContentPageQuerySet:
    """Pages that anybody may see at that time."""
    pages: ContentPageQuerySet = ContentPage.objects.visible().filter(not_ended(now))
    return pages


def candidates(
    *, area_ids: Iterable[int], since: datetime, now: datetime, pinned: Iterable[int] = ()
) -> list[Candidate]:
    """Pages in these areas that came out since then, and those that editors pinned; the newest first. Two queries."""
    fresh = Q(first_published_at__gt=since, first_published_at__lte=now)
    wanted = public_pages(now).filter(fresh | Q(pk__in=set(pinned)), areas__in=set(area_ids)).distinct()
    fields = ("pk", "first_published_at", "published_on", "path", "locale__language_code")
    rows = list(wanted.order_by("-published_on", "-pk").values_list(*fields)[:MOST_CANDIDATES])
    areas: dict[int, set[int]] = defaultdict(set)
    links = ContentPage.areas.through.objects.filter(contentpage__in=[row[0] for row in rows])
    for page_id, area_id in links.values_list("contentpage_id", "area_id"):
        areas[page_id].add(area_id)
    return [Candidate(pk, out_at, day, place, frozenset(areas[pk]), code) for pk, out_at, day, place, code in rows]


def new_parts(*, since: datetime, now: datetime) -> list[Candidate]:
    """Parts whose video could first be watched since then, the newest first. One query."""
    out = Premiere.objects.filter(created_at__gt=since, created_at__lte=now).order_by("-created_at")
    parts = out.filter(part__in=public_pages(now).filter(kind=ContentKind.PART).order_by().values("pk"))
    fields = ("part_id", "created_at", "part__published_on", "part__path")
    rows = parts.values_list(*fields)[:MOST_CANDIDATES]
    return [Candidate(pk, out_at, day, place, frozenset()) for pk, out_at, day, place in rows]
