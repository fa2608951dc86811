"""When digests close: what is published later, their readers hear of with the one after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from digests.desk.coming import coming
from digests.editions.calendar import span_of
from digests.models import Subscriber
from digests.periods import DAY, Rhythm
from home.desk.schedule import CLOSES, Entry

#: A daily digest misses nothing that the next day's does not bring.
REPEATED = (Rhythm.WEEKLY, Rhythm.MONTHLY)


def closing_digests(person: Any, first: datetime, last: datetime) -> Iterator[Entry]:
    """The editions that are there, and those after them as they would go if nobody changed their hour."""
    if not person.has_perm("digests.view_edition"):
        return
    index = reverse("editions:index")
    there: set[tuple[str, date]] = set()
    for one in coming():
        if one.outlook.first is None:
            continue  # nobody is due to get it
        there.add((one.edition.rhythm, one.edition.first_day))
        address = reverse("editions:edit", args=[one.edition.pk])
        yield _closes(one.edition.rhythm, one.outlook.first, address, about=False)
    for rhythm, due_at in _first_due():
        for moment in repeated(rhythm, timezone.localtime(due_at), until=last):
            if (rhythm, span_of(rhythm, moment.date()).first) not in there:
                yield _closes(rhythm, moment, index, about=True)


def repeated(rhythm: str, local: datetime, *, until: datetime) -> Iterator[datetime]:
    """The same hour of the same weekday, or day of the month, again and again, whatever the clocks do in between."""
    day = local.date()
    while (moment := datetime.combine(day, local.time(), tzinfo=local.tzinfo)) < until:
        yield moment
        day = day + timedelta(days=7) if rhythm == Rhythm.WEEKLY else _in_the_next_month(day, local.day)


def _in_the_next_month(day: date, wanted: int) -> date:
    """The wanted day of the month after, or its last."""
    following = span_of(Rhythm.MONTHLY, span_of(Rhythm.MONTHLY, day).last + DAY)
    return following.last if wanted > following.last.day else following.first.replace(day=wanted)


def _first_due() -> Any:
    due = Subscriber.objects.confirmed().filter(rhythm__in=REPEATED, next_due_at__gt=timezone.now()).order_by()
    return due.values_list("rhythm").annotate(Min("next_due_at"))


def _closes(rhythm: str, at: datetime, address: str, *, about: bool) -> Entry:
    title = {
        Rhythm.DAILY: _("The daily digest"),
        Rhythm.WEEKLY: _("The weekly digest"),
        Rhythm.MONTHLY: _("The monthly digest"),
    }[Rhythm(rhythm)]
    words = {
        Rhythm.DAILY: _("the daily digest closes"),
        Rhythm.WEEKLY: _("the weekly digest closes"),
        Rhythm.MONTHLY: _("the monthly digest closes"),
    }[Rhythm(rhythm)]
    return Entry(CLOSES, at, title, words, address, about=about, icon="mail")
