"""Materialising a million due digests, and claiming at that size. PostgreSQL only."""

from __future__ import annotations

import resource
import time
from datetime import UTC, datetime, timedelta
from statistics import quantiles

from django.db import connection
from django.utils import timezone
from rich.console import Console

from digests.delivery import claiming
from digests.delivery.materialise import materialise
from digests.models import Delivery, Run

GOAL_SECONDS, GOAL_MEGABYTES, GOAL_CLAIM = 300, 300, 0.020


def subscribe(number: int) -> None:
    """Straight into the table: people of 24 hours in UTC, due since some hours."""
    due_at = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO digests_subscriber (email, email_key, status, rhythm, weekday, month_day, hour, time_zone,
                next_due_at, secret, asked_count, created_at, confirmed_at, language)
            SELECT 'r' || n || '@example.org', 'r' || n || '@example.org', 'confirmed', 'daily', 1, 1,
                extract(hour from %s::timestamptz AT TIME ZONE 'UTC')::int, 'UTC', %s, md5(n::text), 0, now(),
                now() - interval '9 days', 'en-gb'
            FROM generate_series(1, %s) n
            """,
            [due_at, due_at, number],
        )
        cursor.execute("VACUUM ANALYZE digests_subscriber")


def measure(console: Console, number: int) -> list[str]:
    """Print the figures and return the names of the goals that were missed."""
    subscribe(number)
    before = megabytes()
    began = time.monotonic()
    made = materialise()
    seconds = time.monotonic() - began
    rows = Delivery.objects.count()
    console.print(f"{made:,} subscribers, {rows:,} rows in {seconds:.1f} s; {megabytes():.0f} MB, {before:.0f} before.")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE digests_delivery")
    p95 = claims(console)
    missed = {
        "rows": rows != number,
        "time": seconds > GOAL_SECONDS,
        "memory": megabytes() > GOAL_MEGABYTES,
        "claim": p95 > GOAL_CLAIM,
    }
    return [name for name, is_missed in missed.items() if is_missed]


def claims(console: Console) -> float:
    """Seconds of the slowest of twenty claims, as a sender takes them: reading who is due, and claiming them."""
    p95 = 0.0
    for most, times in ((1, 500), (claiming.CHUNK, 100)):
        taken = []
        for _time in range(times):
            began = time.perf_counter()
            assert len(claiming.take(most)) == most
            taken.append(time.perf_counter() - began)
        slow = float(quantiles(taken, n=20)[-1])
        p95 = p95 or slow
        middle = sorted(taken)[times // 2]
        console.print(f"Claim of {most}: median {middle * 1000:.1f} ms, p95 {slow * 1000:.1f} ms.")
    due = Delivery.objects.due(timezone.now()).filter(run=Run.objects.get()).values_list("pk", flat=True)
    console.print(due[: claiming.CHUNK].explain(), highlight=False)
    return p95


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
