"""Who is due becomes rows, in sets: the calendar is asked once for all of one schedule, the database does the rest.

A chunk is one transaction: its rows, which are unique by subscriber and period, and the step of its subscribers to
their next period. It may be cut off anywhere, and any number of ticks may do the same at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from digests.delivery.ledger import run_of, wake_senders
from digests.models import Delivery, Run, Subscriber
from digests.periods import Period, Schedule, due_periods, next_period
from digests.querysets import SubscriberQuerySet

SUBSCRIBERS_AT_ONCE = 10_000
#: Periods that one statement makes rows of: more than a daily rhythm has in half a year.
PERIODS_AT_ONCE = 200
SCHEDULE = ("rhythm", "weekday", "month_day", "hour", "time_zone")
MESSAGE_ID = {"postgresql": "gen_random_uuid()", "sqlite": "lower(hex(randomblob(16)))"}


@dataclass(frozen=True)
class Step:
    """What all subscribers of one schedule, due since one moment, are given, and when they are due next."""

    subscribers: SubscriberQuerySet
    periods: list[Period]
    next_due_at: datetime


def materialise(now: datetime | None = None) -> int:
    """Make the delivery of every subscriber who is due, and return how many subscribers there were.

    After a standstill each gets one digest, for the latest period; the older ones are recorded as missed.
    """
    now = now or timezone.now()
    made = sum(_chunks(step) for step in _steps(now))
    wake_senders(made)
    return made


def _steps(now: datetime) -> Iterator[Step]:
    due = Subscriber.objects.confirmed().filter(next_due_at__lte=now)
    groups = due.order_by().values(*SCHEDULE, "next_due_at").annotate(number=models.Count("pk"))
    for group in list(groups.order_by("next_due_at")):
        group.pop("number")
        schedule = _schedule(group)
        found = due_periods(schedule, first=group["next_due_at"], now=now)
        subscribers = Subscriber.objects.confirmed().filter(**group)
        if found:
            yield _step(subscribers, schedule, found, now)
        else:  # due at a moment that is none of this schedule's: only moved on
            for last in list(subscribers.order_by().values_list("last_due_at", flat=True).distinct()):
                moved = subscribers.filter(last_due_at=last) if last else subscribers.filter(last_due_at=None)
                yield Step(moved, [], next_period(schedule, after=now, last=last).due_at)


def materialise_one(subscriber: Subscriber, now: datetime) -> None:
    """The same for one subscriber, in a transaction of the caller's that holds their row.

    The senders are woken once that transaction has ended well.
    """
    since = subscriber.next_due_at
    found = due_periods(subscriber.schedule, first=since, now=now) if since and since <= now else []
    if not found:
        return
    step = _step(Subscriber.objects.confirmed().filter(pk=subscriber.pk), subscriber.schedule, found, now)
    made = _chunk(step, _runs_of(found), step.subscribers)
    transaction.on_commit(partial(wake_senders, made), robust=True)


def _step(subscribers: SubscriberQuerySet, schedule: Schedule, found: list[Period], now: datetime) -> Step:
    return Step(subscribers, found, next_period(schedule, after=now, last=found[-1].due_at).due_at)


def _schedule(group: dict[str, Any]) -> Schedule:
    return Subscriber(**group).schedule


def _chunks(step: Step) -> int:
    runs = _runs_of(step.periods)
    done, after = 0, 0
    while True:
        rest = step.subscribers.filter(pk__gt=after).order_by("pk")
        pks = rest.values_list("pk", flat=True)
        upto = next(iter(pks[SUBSCRIBERS_AT_ONCE - 1 : SUBSCRIBERS_AT_ONCE]), None) or pks.last()
        if upto is None:
            return done
        done += _chunk(step, runs, rest.filter(pk__lte=upto))
        after = upto


def _runs_of(periods: list[Period]) -> list[Run]:
    """The runs of these periods, in as many statements however many periods there are. The latest is open again if it
    was closed; the others only get rows that have ended."""
    if not periods:
        return []
    latest = run_of(periods[-1].key)
    keys = [period.key for period in periods[:-1]]
    known = Run.objects.in_bulk(keys, field_name="key") if keys else {}
    if new := [Run(key=key) for key in keys if key not in known]:
        Run.objects.bulk_create(new, ignore_conflicts=True)
        known = Run.objects.in_bulk(keys, field_name="key")
    return [*(known[key] for key in keys), latest]


@transaction.atomic
def _chunk(step: Step, runs: list[Run], subscribers: SubscriberQuerySet) -> int:
    rows = [
        _columns(run, period, missed=period is not step.periods[-1])
        for period, run in zip(step.periods, runs, strict=True)
    ]
    for begin in range(0, len(rows), PERIODS_AT_ONCE):
        _insert(subscribers, rows[begin : begin + PERIODS_AT_ONCE])
    moved: dict[str, Any] = {"next_due_at": step.next_due_at}
    if step.periods:
        moved["last_due_at"] = step.periods[-1].due_at
    # Only those that are still due: preferences may have changed, or the person may have left, in between.
    return subscribers.order_by().update(**moved)


def _columns(run: Run, period: Period, *, missed: bool) -> dict[str, Any]:
    row = Delivery(run=run, period_key=period.key, due_at=period.due_at, next_try_at=period.due_at)
    if missed:
        row.status = Delivery.Status.CANCELLED
        row.finished_at = timezone.now()
        row.reason = _("The portal was not running then. The next digest brings what is new.")
    return {
        str(field.column): field.get_db_prep_save(getattr(row, field.attname), connection)
        for field in Delivery._meta.local_concrete_fields
        if not field.primary_key and not field.generated and field.name not in ("subscriber", "message_id")
    }


def _insert(subscribers: SubscriberQuerySet, rows: list[dict[str, Any]]) -> None:
    """INSERT … SELECT, each subscriber with each period: no subscriber passes through Python."""
    quote = connection.ops.quote_name
    columns = [quote(column) for column in rows[0]]
    chosen, parameters = subscribers.values(chosen=models.F("pk")).query.sql_with_params()
    new_id = MESSAGE_ID[connection.vendor]
    placeholders = f"({', '.join(map(_value, rows[0]))})"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(Delivery._meta.db_table)} ({quote('subscriber_id')}, {quote('message_id')},"  # noqa: S608 - quoted names, no data
            f" {', '.join(columns)}) WITH spans ({', '.join(columns)}) AS"
            f" (VALUES {', '.join([placeholders] * len(rows))})"
            f" SELECT due.chosen, {new_id}, {', '.join(f'spans.{column}' for column in columns)}"
            f" FROM ({chosen}) AS due CROSS JOIN spans WHERE true ON CONFLICT DO NOTHING",
            [*(value for row in rows for value in row.values()), *parameters],
        )


def _value(column: str) -> str:
    """A placeholder; PostgreSQL has to be told the type of one that stands alone in a list of VALUES."""
    field = next(field for field in Delivery._meta.local_concrete_fields if field.column == column)
    kind = field.db_type(connection) or "text"
    if connection.vendor != "postgresql":
        return "%s"
    return f"CAST(%s AS {field.rel_db_type(connection) if field.is_relation else kind})"
