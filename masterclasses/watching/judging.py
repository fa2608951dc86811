"""When a part, and a masterclass, is complete: the rules that `careers.progress` asks and explains by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import Length, Substr
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from careers.models import Completion
from careers.progress.rules import Verdict
from careers.progress.withdrawals import taken_back
from home.models import ContentKind
from masterclasses.models import MasterclassPage, PartPage, WatchCoverage
from masterclasses.watching.counting import count_many
from masterclasses.watching.intervals import Spans
from masterclasses.watching.recording import settle_coverage
from masterclasses.watching.standing import standing_in

if TYPE_CHECKING:
    from accounts.models import User
    from home.models import ContentPage


class PartRule:
    """Nine tenths of what is before the credits, each second counted once, counted anew from the beats.

    Of a part that the person took back, only what was played since then.
    """

    heeds_withdrawals = True

    def judge(self, person: User, page: ContentPage) -> Verdict:
        return self.judge_many(person, [page])[page.pk]

    def judge_many(self, person: User, pages: Sequence[ContentPage]) -> Mapping[int, Verdict]:
        """The verdicts on several parts by their ids, in four queries."""
        ids = [page.pk for page in pages]
        parts = PartPage.objects.select_related("video__published").in_bulk(ids)
        withdrawn = taken_back(person, ids)
        spans = count_many(person=person.pk, since={pk: withdrawn.get(pk) for pk in ids})
        rows = WatchCoverage.objects.filter(person=person.pk, part__in=ids)
        coverage = {row.part_id: row for row in rows}
        return {pk: _verdict(parts.get(pk), coverage.get(pk), spans[pk], withdrawn.get(pk)) for pk in ids}

    def moments_of(self, person: User) -> Iterable[tuple[int, datetime]]:
        """The parts that a person has begun, and when they last went on."""
        return WatchCoverage.objects.filter(person=person.pk).values_list("part", "updated_at")

    def near(self, page: ContentPage) -> QuerySet[Any, int]:
        return _near().filter(part=page.pk).values_list("person_id", flat=True)

    def near_any(self, pages: Sequence[ContentPage]) -> Iterable[int]:
        asked = PartPage.objects.order_by().filter(pk__in=[page.pk for page in pages])
        return asked.filter(Exists(_near().filter(part=OuterRef("pk")))).values_list("pk", flat=True)

    def settle(self, person: User, page: ContentPage) -> bool:
        """By the film as it is now: another one was published, or its credits begin earlier."""
        part = PartPage.objects.select_related("video__published").get(pk=page.pk)
        return settle_coverage(person=person, part=part)

    def known_pairs(self) -> Iterable[tuple[int, int]]:
        return WatchCoverage.objects.values_list("person", "part").iterator()


def _near() -> QuerySet[WatchCoverage]:
    """Who has played something of a part and not completed it."""
    done = Completion.objects.filter(person=OuterRef("person"), page=OuterRef("part"))
    return WatchCoverage.objects.filter(~Exists(done))


def _verdict(part: PartPage | None, coverage: WatchCoverage | None, spans: Spans, since: datetime | None) -> Verdict:
    if part is None or part.video is None:
        return Verdict(False, _("It has no video to watch yet."))
    standing = standing_in(part, None if since else coverage, spans=spans)
    sentence = " ".join(filter(None, (standing.sentence, standing.replaced)))
    if since:
        words = _("You took it back on %(day)s. Since then: %(sentence)s")
        sentence = words % {"day": date_format(localtime(since), "DATE_FORMAT"), "sentence": sentence}
    return Verdict(standing.enough, sentence, Completion.How.WATCHED if standing.enough else "")


class MasterclassRule:
    """All parts that are published are done, however each of them was.

    Of a masterclass that the person took back, only parts that were done since then.
    """

    heeds_withdrawals = True

    def judge(self, person: User, page: ContentPage) -> Verdict:
        return self.judge_many(person, [page])[page.pk]

    def judge_many(self, person: User, pages: Sequence[ContentPage]) -> Mapping[int, Verdict]:
        """The verdicts on several masterclasses by their ids, in three queries."""
        parts = _parts_of(pages)
        withdrawn = taken_back(person, [page.pk for page in pages])
        ids = [pk for titles in parts.values() for pk in titles]
        done = dict(Completion.objects.of(person).filter(page__in=ids).values_list("page_id", "completed_at"))
        return {page.pk: _verdict_on_all(parts[page.pk], done, withdrawn.get(page.pk)) for page in pages}

    def moments_of(self, person: User) -> Iterable[tuple[int, datetime]]:
        """The masterclasses of which a person has done a part, and when it was."""
        done = Completion.objects.of(person).filter(page__kind=ContentKind.PART)
        moments = list(done.values_list("page__path", "completed_at"))
        above = {path[: -PartPage.steplen] for path, _moment in moments}
        series = dict(MasterclassPage.objects.filter(path__in=above).values_list("path", "pk"))
        found = ((series.get(path[: -PartPage.steplen]), moment) for path, moment in moments)
        return [(pk, moment) for pk, moment in found if pk]

    def near(self, page: ContentPage) -> QuerySet[Any, int]:
        """Who has done all the parts that are published by now: one of them was perhaps taken from the series."""
        parts = PartPage.objects.live().child_of(page).order_by().values_list("pk", flat=True)
        whole = Completion.objects.filter(person=OuterRef("person"), page=page.pk)
        rows = Completion.objects.filter(~Exists(whole), page__in=parts).order_by().values_list("person_id", flat=True)
        return rows.annotate(parts=Count("pk")).filter(parts=len(parts))

    def near_any(self, pages: Sequence[ContentPage]) -> Iterable[int]:
        return [page.pk for page in pages if self.near(page).exists()]

    def known_pairs(self) -> Iterable[tuple[int, int]]:
        """Everybody who has done one of its parts, with the masterclass above it."""
        series = dict(MasterclassPage.objects.values_list("path", "pk"))
        parts = dict(PartPage.objects.values_list("pk", "path"))
        found = Completion.objects.filter(page__in=parts).values_list("person", "page").iterator()
        above = ((person, series.get(parts[page][: -PartPage.steplen])) for person, page in found)
        return sorted({(person, pk) for person, pk in above if pk is not None})


def _parts_of(pages: Sequence[ContentPage]) -> dict[int, dict[int, str]]:
    """The published parts of several masterclasses, in their order: ids and titles; in one query."""
    by_path = {page.path: page.pk for page in pages}
    above = Substr("path", 1, Length("path") - PartPage.steplen)
    rows = PartPage.objects.live().annotate(above=above).filter(above__in=by_path).order_by("path")
    found: dict[int, dict[int, str]] = {pk: {} for pk in by_path.values()}
    for path, pk, title in rows.values_list("above", "pk", "title"):
        found[by_path[path]][pk] = title
    return found


def _verdict_on_all(parts: Mapping[int, str], done: Mapping[int, datetime], since: datetime | None) -> Verdict:
    left = [title for pk, title in parts.items() if pk not in done or (since and done[pk] <= since)]
    if not parts:
        return Verdict(False, _("It has no parts yet."))
    if not left:
        return Verdict(True, _("You have done all its parts."), Completion.How.PARTS)
    words = _("You have done %(done)d of %(all)d parts; next is “%(title)s”.")
    return Verdict(False, words % {"done": len(parts) - len(left), "all": len(parts), "title": left[0]})
