"""How many mails are rendered each second when each is made from nothing, and when equal ones share a mould."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

from rich.console import Console
from rich.table import Table

#: The goal: rendering with moulds is that many times as quick.
GOAL = 10


def measure(console: Console, *, mails: int = 300) -> list[str]:
    """Return what misses its goal. Readers chose one of four sets of areas; every third one follows a path."""
    from digests.links import Links
    from digests.rendering import moulds, render

    digests = _digests()

    def every(forget: bool) -> Callable[[], None]:
        def run() -> None:
            for number in range(mails):
                if forget:
                    moulds.mould_of.cache_clear()
                    moulds.steps_of.cache_clear()
                links = Links(f"https://example.org/digest/p/{number}", f"https://example.org/digest/u/{number}")
                render(digests[number % len(digests)], links=links, on=date(2026, 11, 23))

        return run

    before, after = _rate(every(forget=True), mails), _rate(every(forget=False), mails)
    table = Table(title=f"{mails} mails of {len(digests[0].pages)} items, rendered one after another")
    for heading in ("from nothing, mails/s", "with moulds, mails/s", "gain"):
        table.add_column(heading, justify="right")
    table.add_row(f"{before:.0f}", f"{after:.0f}", f"{after / before:.0f}×")
    console.print(table)
    return ["moulds"] if after < GOAL * before else []


def choosing(console: Console, *, readers: int = 200) -> None:
    """Print how long choosing and assembling take, one reader after another and together."""
    from django.utils import timezone

    from digests import selection
    from digests.models import Subscriber
    from home.models import Area

    areas = list(Area.objects.all())
    now = timezone.now()
    people = [
        Subscriber(email=f"r{n}@example.org", email_key=f"r{n}@example.org", rhythm="monthly") for n in range(readers)
    ]
    for person in Subscriber.objects.bulk_create(people):
        person.areas.set(areas)

    def alone() -> None:
        for person in people:
            selection.assemble(person, selection.choose(person, now=now))

    def together() -> None:
        chosen = selection.choose_many(people, now=now)
        selection.assemble_many([(person, chosen[person.pk]) for person in people])

    table = Table(title=f"Choosing and assembling for {readers} readers")
    table.add_column("one after another, readers/s", justify="right")
    table.add_column("together, readers/s", justify="right")
    table.add_row(f"{_rate(alone, readers):.0f}", f"{_rate(together, readers):.0f}")
    console.print(table)


def _digests() -> list:
    from django.utils import timezone

    from careers.ahead import NOTHING_AHEAD, ahead_on
    from careers.models import LearningPathPage
    from digests.selection import preview_for
    from digests.selection.plans import NO_PLAN
    from digests.selection.readers import Reader
    from home.models import Area

    now, areas = timezone.now(), tuple(Area.objects.all())
    path = LearningPathPage.objects.live().first()
    aheads = [ahead_on(path) if path else NOTHING_AHEAD, NOTHING_AHEAD, NOTHING_AHEAD]
    since = now.replace(year=now.year - 2)
    readers = [
        Reader(areas=chosen, rhythm="weekly", since=since, ahead=ahead)
        for chosen in (areas, areas[:1], areas[1:], areas[:2])
        for ahead in aheads
    ]
    return [digest for reader in readers if (digest := preview_for(reader, NO_PLAN, now=now))]


def _rate(run: Callable[[], None], number: int) -> float:
    began = time.perf_counter()
    run()
    return number / (time.perf_counter() - began)
