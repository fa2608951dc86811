"""“My learning” of somebody with 20 paths and 400 completions: how many queries, and how long it takes.

`python -m tests.bench progress` measures it, or by itself, on a scratch database:
`python -m tests.bench.my_learning`.
"""

from __future__ import annotations

import os
import tempfile
from datetime import timedelta
from statistics import median
from time import perf_counter
from typing import Any

PATHS, STEPS, COMPLETIONS = 20, 30, 400
ROUNDS = 15
MOST_QUERIES = 12


def measure() -> dict[str, float]:
    """Return `queries`, and `ms`, the median of the whole answer with warm caches, in the database that is there."""
    from tests.factories.accounts import browser_of
    from tests.queries import fetch, queries_of

    browser = browser_of(learner())
    ask = fetch("/learning/", browser)
    queries = len(queries_of(ask))
    return {"queries": queries, "ms": 1000 * median(_seconds(ask) for _round in range(ROUNDS))}


def learner() -> Any:
    """A person with everything that the page shows: paths, completions, places, bookmarks, notes, a plan."""
    from django.utils import timezone

    from careers.models import Bookmark, Completion, Enrolment, Note, PlanSlot, ReadingPlace, WeeklyPlan
    from tests.factories.accounts import PersonFactory
    from tests.factories.careers import ArticlePageFactory, LearningPathPageFactory

    person: Any = PersonFactory(email="bench-learner@example.org")
    now = timezone.now()
    pages = ArticlePageFactory.create_batch(PATHS * STEPS)
    for number in range(PATHS):
        own = pages[number * STEPS : (number + 1) * STEPS]
        path = LearningPathPageFactory(stages=[own[:10], own[10:20], own[20:]])
        Enrolment.objects.create(person=person, path=path)
    done = pages[::3] + pages[1::3]
    Completion.objects.bulk_create(
        Completion(person=person, page=page, completed_at=now - timedelta(hours=hours))
        for hours, page in enumerate(done[:COMPLETIONS])
    )
    left = pages[2::3]
    Bookmark.objects.bulk_create(Bookmark(person=person, page=page) for page in pages)
    Note.objects.bulk_create(Note(person=person, page=page, page_title=page.title, text="A note") for page in pages)
    ReadingPlace.objects.bulk_create(
        ReadingPlace(person=person, page=page, anchor="0", percent=40, updated_at=now) for page in left
    )
    plan = WeeklyPlan.objects.create(person=person)
    PlanSlot.objects.bulk_create(PlanSlot(plan=plan, weekday=day, minutes=40) for day in range(7))
    return person


def _seconds(call: Any) -> float:
    began = perf_counter()
    call()
    return perf_counter() - began


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        os.environ |= {"PORTAL_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        import django
        from django.core.management import call_command
        from django.test.utils import setup_test_environment

        django.setup()
        setup_test_environment()
        call_command("migrate", verbosity=0)
        found = measure()
        verdict = "within" if found["queries"] <= MOST_QUERIES else "above"
        print(f"My learning: {found['queries']:.0f} queries ({verdict} {MOST_QUERIES}), {found['ms']:.0f} ms")


if __name__ == "__main__":
    main()
