"""When an article is done: its end was reached after a plausible time, or the person says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careers.models import Completion, ReadingProgress
from careers.progress.rules import Verdict
from careers.progress.sums import Reading, needed_seconds, sum_up
from careers.progress.withdrawals import taken_back
from home.models import ContentKind, ContentPage

if TYPE_CHECKING:
    from accounts.models import User

READABLE_KINDS = (ContentKind.ARTICLE, ContentKind.CAREER_HOUR, ContentKind.EVENT_REPORT, ContentKind.INTERVIEW)


class ReadingRule:
    heeds_withdrawals = True

    def judge(self, person: User, page: ContentPage) -> Verdict:
        return self.judge_many(person, [page])[page.pk]

    def judge_many(self, person: User, pages: Sequence[ContentPage]) -> Mapping[int, Verdict]:
        """The verdicts on several pages by their ids, in three queries."""
        ids = [page.pk for page in pages]
        rows = ReadingProgress.objects.filter(person=person, page__in=ids).prefetch_related("sessions")
        readings = {row.page_id: row for row in rows}
        withdrawn = taken_back(person, ids)
        return {page.pk: verdict(readings.get(page.pk), page.minutes, withdrawn.get(page.pk)) for page in pages}

    def near(self, page: ContentPage) -> QuerySet[Any, int]:
        return _near().filter(page=page.pk).values_list("person_id", flat=True)

    def near_any(self, pages: Sequence[ContentPage]) -> Iterable[int]:
        asked = ContentPage.objects.order_by().filter(pk__in=[page.pk for page in pages])
        return asked.filter(Exists(_near().filter(page=OuterRef("pk")))).values_list("pk", flat=True)

    def known_pairs(self) -> Iterable[tuple[int, int]]:
        known = ReadingProgress.objects.filter(page__kind__in=READABLE_KINDS).order_by("pk")
        return known.values_list("person_id", "page_id").iterator()


def _near() -> QuerySet[ReadingProgress]:
    """Who has come to an end, which was perhaps too soon for the article as it was."""
    done = Completion.objects.filter(person=OuterRef("person"), page=OuterRef("page"))
    return ReadingProgress.objects.filter(~Exists(done), reached_end_at__isnull=False)


def verdict(progress: ReadingProgress | None, minutes: int, since: datetime | None) -> Verdict:
    """Judge what has been read of a page of so many minutes; after `since`, where the person took it back then."""
    if progress and progress.read_at and (since is None or progress.read_at > since):
        return Verdict(True, _("You read it to the end on %(day)s.") % {"day": _day(progress.read_at)}, READ)
    reading = sum_up(progress.sessions.all(), since=since) if progress else Reading()
    if is_read(reading, minutes, again=since is not None):
        return Verdict(True, _("You have read it to the end."), READ)
    return Verdict(False, _what_is_missing(reading, minutes, since))


def is_read(reading: Reading, minutes: int, *, again: bool) -> bool:
    """Who took it back reads it from the beginning `again`: the button stands at the end of the text."""
    return (
        reading.reached_end and reading.seconds >= needed_seconds(minutes) and (reading.from_the_beginning or not again)
    )


def _what_is_missing(reading: Reading, minutes: int, since: datetime | None) -> str:
    begun = bool(reading.share) and (since is None or reading.from_the_beginning)
    if since and not begun:
        return _(
            "You took it back on %(day)s. It is done again when you read it once more from its beginning to its end, "
            "or mark it as done."
        ) % {"day": _day(since)}
    if not begun:
        return _("It is done when you have read it to its end, or when you mark it as done.")
    if not reading.reached_end:
        return _("You have read %(percent)d %% of it. Read on to its end, or mark it as done.") % {
            "percent": min(round(reading.share * 100), 97)
        }
    return _(
        "You reached its end after %(spent)s; reading it takes at least %(needed)s. Take your time, or mark it."
    ) % {
        "spent": _length(int(reading.seconds)),
        "needed": _length(needed_seconds(minutes)),
    }


def _day(moment: datetime) -> str:
    return date_format(localtime(moment), "DATE_FORMAT")


def _length(seconds: int) -> str:
    """“50 seconds”, “3 minutes”."""
    if seconds < 100:
        return ngettext("%(count)d second", "%(count)d seconds", seconds) % {"count": seconds}
    minutes = round(seconds / 60)
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}


READ = Completion.How.READ.value
