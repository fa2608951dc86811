"""When a resource is done: when the person says so, for nobody sees what happens elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from careers.models import ReadingProgress
from careers.progress.rules import Verdict

if TYPE_CHECKING:
    from accounts.models import User
    from home.models import ContentPage


class ResourceRule:
    heeds_withdrawals = True

    def judge(self, person: User, page: ContentPage) -> Verdict:
        return self.judge_many(person, [page])[page.pk]

    def judge_many(self, person: User, pages: Sequence[ContentPage]) -> Mapping[int, Verdict]:
        opened = ReadingProgress.objects.filter(person=person, page__in=pages, opened_at__isnull=False)
        days = dict(opened.values_list("page_id", "opened_at"))
        return {page.pk: Verdict(False, _sentence(days.get(page.pk))) for page in pages}

    def known_pairs(self) -> Iterable[tuple[int, int]]:
        """Nothing follows from having opened a resource."""
        return ()


def _sentence(opened_at: datetime | None) -> str:
    if opened_at is None:
        return _("It lies elsewhere, where we do not look: it is done when you mark it as done.")
    day = date_format(localtime(opened_at), "DATE_FORMAT")
    return _("You opened it on %(day)s. It is done when you mark it as done.") % {"day": day}
