"""Which items the next digest of each reader brings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from digests.models import Subscriber
from digests.periods import key_of
from digests.selection.candidates import candidates, new_parts
from digests.selection.plans import NO_PLAN, Plan, plans_for
from digests.selection.ranking import parts_for, rank
from digests.selection.readers import Reader, readers_of


def choose(subscriber: Subscriber, *, now: datetime, period_key: str = "") -> list[int]:
    """Return the ids of what the next digest brings, the best first; empty when there is nothing to say.

    A note of the editor's or a next step alone is nothing: a digest comes when there is something new.
    """
    return choose_many([subscriber], now=now, period_keys={subscriber.pk: period_key})[subscriber.pk]


def choose_many(
    subscribers: Sequence[Subscriber],
    *,
    now: datetime,
    period_keys: Mapping[int, str] | None = None,
    readers: Mapping[int, Reader] | None = None,
) -> dict[int, list[int]]:
    """Return the items of each subscriber, by their id, in a constant number of queries.

    `period_keys` say for which periods, by the subscriber's id; otherwise it is the one that is now. `readers` are
    those that are known already.
    """
    keys = {
        subscriber.pk: period_of(subscriber, now, (period_keys or {}).get(subscriber.pk, ""))
        for subscriber in subscribers
    }
    plans = plans_for(keys.values())
    known = readers_of(subscribers) if readers is None else readers
    chosen = choose_for({pk: (known[pk], plans.get(keys[pk], NO_PLAN)) for pk in keys}, now=now)
    return {subscriber.pk: chosen[subscriber.pk] for subscriber in subscribers}


def choose_for(readers: Mapping[int, tuple[Reader, Plan]], *, now: datetime) -> dict[int, list[int]]:
    """Return the items of each reader: the same for subscribers and for those whom a preview thinks up."""
    if not readers:
        return {}
    since = min(reader.since for reader, _plan in readers.values())
    pool = candidates(
        area_ids={pk for reader, _plan in readers.values() for pk in reader.area_ids},
        since=since,
        now=now,
        pinned={pk for _reader, plan in readers.values() for pk in plan.pins},
    )
    followers = any(reader.followed for reader, _plan in readers.values())
    parts = new_parts(since=since, now=now) if followers else []
    return {
        pk: _in_order(rank(reader, plan, pool, now=now), parts_for(reader, plan, parts, now=now))
        for pk, (reader, plan) in readers.items()
    }


def period_of(subscriber: Subscriber, now: datetime, key: str = "") -> str:
    """The period's key; for one that an operator made outside of the rhythm, the period in which that is."""
    if key and not key.startswith("now "):
        return key
    return key_of(subscriber.rhythm, now.astimezone(subscriber.zone).date())


def _in_order(items: list[int], parts: Iterable[int]) -> list[int]:
    return list(dict.fromkeys([*items, *parts]))
