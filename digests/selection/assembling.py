"""From the ids that were chosen to what is shown: whatever is no longer public falls out here, each time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import Prefetch
from django.utils import timezone

from digests.editions.calendar import GATHERS
from digests.models import Subscriber
from digests.periods import Rhythm
from digests.selection.candidates import public_pages
from digests.selection.choosing import choose_for, period_of
from digests.selection.digest import COVER, THUMB, Digest, Section, Step
from digests.selection.evenings import Coming, coming_evenings, evenings_for
from digests.selection.plans import NO_PLAN, Plan, plans_for
from digests.selection.readers import Reader, readers_of
from home.models import Area, ContentKind, ContentPage, CustomImage

#: Paths in progress of which the next step is shown.
MOST_STEPS = 3


def assemble(subscriber: Subscriber, items: Sequence[int], *, period_key: str = "") -> Digest | None:
    """Return the digest of these items, or None when none of them is public any more."""
    return assemble_many([(subscriber, items)], period_keys={subscriber.pk: period_key})[subscriber.pk]


def assemble_many(
    chosen: Iterable[tuple[Subscriber, Sequence[int]]],
    *,
    period_keys: Mapping[int, str] | None = None,
    now: datetime | None = None,
    readers: Mapping[int, Reader] | None = None,
) -> dict[int, Digest | None]:
    """Return the digest of each subscriber, by their id; pages and plans are read once for all of them.

    So are the readers, unless they are known already.
    """
    now = now or timezone.now()
    pairs = list(chosen)
    by_subscriber = {subscriber.pk: items for subscriber, items in pairs}
    subscribers = [subscriber for subscriber, _items in pairs]
    keys = {one.pk: period_of(one, now, (period_keys or {}).get(one.pk, "")) for one in subscribers}
    plans = plans_for(keys.values())
    pages = pages_of({pk for items in by_subscriber.values() for pk in items}, now=now)
    evenings = coming_evenings(now=now) if pages else []
    known = readers_of(subscribers) if readers is None else readers
    return {
        pk: digest_of(known[pk], plans.get(keys[pk], NO_PLAN), items, pages, evenings)
        for pk, items in by_subscriber.items()
    }


def preview(*, areas: Iterable[Area], rhythm: Rhythm, now: datetime) -> Digest | None:
    """Return what somebody new with these areas and this rhythm would get now."""
    return preview_for(Reader(areas=tuple(areas), rhythm=rhythm, since=now - GATHERS[rhythm]), NO_PLAN, now=now)


def preview_for(reader: Reader, plan: Plan, *, now: datetime) -> Digest | None:
    """Return what such a reader would get now, by the same functions that choose and assemble the real ones."""
    items = choose_for({0: (reader, plan)}, now=now)[0]
    return digest_of(reader, plan, items, pages_of(items, now=now), coming_evenings(now=now) if items else [])


def pages_of(ids: Iterable[int], *, now: datetime) -> dict[int, ContentPage]:
    """Those of these pages that are public, with all that a mail shows of them. Four queries."""
    wanted = set(ids)
    if not wanted:
        return {}
    covers = CustomImage.objects.prefetch_renditions(COVER, THUMB)
    found = public_pages(now).filter(pk__in=wanted).prefetch_related(Prefetch("cover", covers), "areas")
    return {page.pk: page for page in found}


def digest_of(
    reader: Reader,
    plan: Plan,
    items: Sequence[int],
    pages: Mapping[int, ContentPage],
    evenings: Sequence[Coming] = (),
) -> Digest | None:
    """Group what is public under the reader's areas, in the order of the items."""
    shown = [pages[pk] for pk in items if pk in pages and pk not in plan.left_out]
    sections = _sections(reader, shown)
    if not sections:
        return None
    steps = [
        Step(path.path.title, path.progress.next_step.page) for path in reader.ahead.paths if path.progress.next_step
    ]
    own = evenings_for(reader, evenings)
    about = (plan.note, plan.archive, reader.language)
    return Digest(reader.rhythm, sections, steps[:MOST_STEPS], *about, evenings=own, counted=plan.counted)


def _sections(reader: Reader, pages: Iterable[ContentPage]) -> list[Section]:
    """Each page under the first of the reader's areas that it belongs to; new parts that they follow come last."""
    grouped: dict[int, list[ContentPage]] = {}
    followed: list[ContentPage] = []
    for page in pages:
        own = {area.pk for area in page.areas.all()}
        home = next((area.pk for area in reader.areas if area.pk in own), None)
        if page.kind == ContentKind.PART and page.path.startswith(reader.followed):
            followed.append(page)
        elif home is not None:
            grouped.setdefault(home, []).append(page)
    areas = {area.pk: area for area in reader.areas}
    sections = [Section(areas[pk], own_pages) for pk, own_pages in grouped.items()]
    return [*sections, Section(None, followed)] if followed else sections
