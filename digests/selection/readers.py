"""What is known of readers when items are chosen for them, for many at once in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Max, OuterRef, Subquery

from careers.ahead import NOTHING_AHEAD, Ahead, ahead_of
from careers.models import Completion
from digests.editions.calendar import GATHERS
from digests.models import Delivery, Subscriber
from home.models import Area
from masterclasses.models import Follow

FIRST_DIGEST_LOOKS_BACK = timedelta(days=7)


@dataclass(frozen=True)
class Reader:
    """What came out `since` is new to them; `told` was in their last digest; `followed` are places in the tree.

    They read pages in their `language`, and the parts of whatever masterclass they follow.
    """

    areas: tuple[Area, ...]
    rhythm: str
    since: datetime
    done: frozenset[int] = frozenset()
    told: frozenset[int] = frozenset()
    followed: tuple[str, ...] = ()
    ahead: Ahead = NOTHING_AHEAD
    language: str = settings.LANGUAGE_CODE

    @property
    def area_ids(self) -> frozenset[int]:
        return frozenset(area.pk for area in self.areas)


def new_since(subscriber: Subscriber) -> datetime:
    """When the last digest that was sent had been put together; before the first, a week or more before confirming."""
    return _since(subscriber, _last_digests([subscriber]).get(subscriber.pk))


def readers_of(subscribers: Iterable[Subscriber]) -> dict[int, Reader]:
    """Return what is known of each subscriber, by their id: eleven queries at most, however many they are."""
    listed = list(subscribers)
    people = {subscriber.person_id for subscriber in listed if subscriber.person_id}
    areas, last = _areas(listed), _last_digests(listed)
    done, followed, ahead = _done(people), _followed(people), ahead_of(people)
    nobody: frozenset[int] = frozenset()
    return {
        subscriber.pk: Reader(
            areas=tuple(areas[subscriber.pk]),
            rhythm=subscriber.rhythm,
            since=_since(subscriber, last.get(subscriber.pk)),
            done=done.get(subscriber.person_id or 0, nobody),
            told=frozenset(last[subscriber.pk][1]) if subscriber.pk in last else nobody,
            followed=tuple(followed.get(subscriber.person_id or 0, ())),
            ahead=ahead.get(subscriber.person_id or 0, NOTHING_AHEAD),
            language=subscriber.reads_in,
        )
        for subscriber in listed
    }


def reader_as(person_id: int, *, areas: Iterable[Area], rhythm: str, since: datetime) -> Reader:
    """What would be known of this person, had they subscribed so."""
    people = {person_id}
    return Reader(
        areas=tuple(areas),
        rhythm=rhythm,
        since=since,
        done=_done(people).get(person_id, frozenset()),
        followed=tuple(_followed(people).get(person_id, ())),
        ahead=ahead_of(people).get(person_id, NOTHING_AHEAD),
    )


Last = tuple[datetime, list[int]]


def _since(subscriber: Subscriber, last: Last | None) -> datetime:
    back = max(FIRST_DIGEST_LOOKS_BACK, GATHERS[subscriber.schedule.rhythm])
    return last[0] if last else (subscriber.confirmed_at or subscriber.created_at) - back


def _last_digests(subscribers: Sequence[Subscriber]) -> dict[int, Last]:
    """When the last digest of each that was sent had been put together, and what was in it."""
    sent = Delivery.objects.filter(outcome=Delivery.Outcome.SENT, selected_at__isnull=False).order_by()
    latest = sent.filter(subscriber=OuterRef("subscriber")).values("subscriber").annotate(at=Max("selected_at"))
    rows = sent.filter(subscriber__in=[subscriber.pk for subscriber in subscribers])
    rows = rows.annotate(latest=Subquery(latest.values("at"))).filter(selected_at=F("latest"))
    found = rows.values_list("subscriber_id", "selected_at", "items")
    return {pk: (at, items or []) for pk, at, items in found if at}


def _areas(subscribers: Sequence[Subscriber]) -> dict[int, list[Area]]:
    """Each subscriber's areas in the site's order. The areas themselves are few and shared."""
    found: dict[int, list[Area]] = defaultdict(list)
    all_areas = {area.pk: area for area in Area.objects.all()}
    links = Subscriber.areas.through.objects.filter(subscriber__in=[subscriber.pk for subscriber in subscribers])
    chosen: dict[int, set[int]] = defaultdict(set)
    for subscriber_id, area_id in links.values_list("subscriber_id", "area_id"):
        chosen[subscriber_id].add(area_id)
    for subscriber_id, area_ids in chosen.items():
        found[subscriber_id] = [area for pk, area in all_areas.items() if pk in area_ids]
    return found


def _done(people: set[int]) -> dict[int, frozenset[int]]:
    if not people:
        return {}
    done: dict[int, set[int]] = defaultdict(set)
    rows = Completion.objects.filter(person__in=people).values_list("person_id", "page_id")
    for person_id, page_id in rows:
        done[person_id].add(page_id)
    return {person_id: frozenset(pages) for person_id, pages in done.items()}


def _followed(people: set[int]) -> dict[int, list[str]]:
    """The places in the tree of the masterclasses that each person follows."""
    if not people:
        return {}
    followed: dict[int, list[str]] = defaultdict(list)
    rows = Follow.objects.filter(person__in=people).values_list("person_id", "masterclass__path")
    for person_id, path in rows:
        followed[person_id].append(path)
    return followed
