"""When a part, and a masterclass, is complete: the rules that `careers.progress` asks and explains by."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from careers.models import Completion
from careers.progress.rules import Verdict
from careers.progress.withdrawals import taken_back_at
from masterclasses.models import MasterclassPage, PartPage, WatchCoverage
from masterclasses.watching.counting import count, count_since
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
        part = PartPage.objects.select_related("video__published").filter(pk=page.pk).first()
        if part is None or part.video is None:
            return Verdict(False, _("It has no video to watch yet."))
        if since := taken_back_at(person, part.pk):
            return _verdict_since(since, person, part)
        coverage = WatchCoverage.objects.filter(person=person.pk, part=part.pk).first()
        spans = count(person=person.pk, part=part.pk) if coverage else []
        standing = standing_in(part, coverage, spans=spans)
        how = Completion.How.WATCHED if standing.enough else ""
        return Verdict(standing.enough, " ".join(filter(None, (standing.sentence, standing.replaced))), how)

    def known_pairs(self) -> Iterable[tuple[int, int]]:
        return WatchCoverage.objects.values_list("person", "part").iterator()


def _verdict_since(since: datetime, person: User, part: PartPage) -> Verdict:
    standing = standing_in(part, None, spans=count_since(since, person=person.pk, part=part.pk))
    words = _("You took it back on %(day)s. Since then: %(sentence)s")
    sentence = words % {"day": date_format(localtime(since), "j F Y"), "sentence": standing.sentence}
    return Verdict(standing.enough, sentence, Completion.How.WATCHED if standing.enough else "")


class MasterclassRule:
    """All parts that are published are done, however each of them was.

    Of a masterclass that the person took back, only parts that were done since then.
    """

    heeds_withdrawals = True

    def judge(self, person: User, page: ContentPage) -> Verdict:
        parts = dict(PartPage.objects.live().child_of(page).order_by("path").values_list("pk", "title"))
        counted = Completion.objects.of(person).filter(page__in=parts)
        if since := taken_back_at(person, page.pk):
            counted = counted.filter(completed_at__gt=since)
        done = set(counted.values_list("page_id", flat=True))
        left = [title for pk, title in parts.items() if pk not in done]
        if not parts:
            return Verdict(False, _("It has no parts yet."))
        if not left:
            return Verdict(True, _("You have done all its parts."), Completion.How.PARTS)
        words = _("You have done %(done)d of %(all)d parts; next is “%(title)s”.")
        return Verdict(False, words % {"done": len(done), "all": len(parts), "title": left[0]})

    def known_pairs(self) -> Iterable[tuple[int, int]]:
        """Everybody who has done one of its parts, with the masterclass above it."""
        series = dict(MasterclassPage.objects.values_list("path", "pk"))
        parts = dict(PartPage.objects.values_list("pk", "path"))
        found = Completion.objects.filter(page__in=parts).values_list("person", "page").iterator()
        above = ((person, series.get(parts[page][: -PartPage.steplen])) for person, page in found)
        return sorted({(person, pk) for person, pk in above if pk is not None})
