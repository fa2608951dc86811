"""Pages that a browser kept without an account, taken over at sign-in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import ngettext

from careers.learning.bookmarking import MOST_BOOKMARKS
from careers.models import Bookmark
from careers.progress.sections import Row
from home.models import ContentPage

if TYPE_CHECKING:
    from accounts.models import User


class BrowserBookmarks:
    """What a browser kept without an account: rows with `id`, the number of a page, and `at`, milliseconds of 1970."""

    def preview(self, person: User, rows: Sequence[Row]) -> list[str]:
        new = self._new(person, rows)
        sentence = ngettext("%(count)d page is bookmarked.", "%(count)d pages are bookmarked.", len(new))
        return [sentence % {"count": len(new)}] if new else []

    @transaction.atomic
    def take(self, person: User, rows: Sequence[Row]) -> int:
        new = self._new(person, rows)
        made = [Bookmark(person=person, page_id=pk, created_at=since) for pk, since in new.items()]
        Bookmark.objects.bulk_create(made, ignore_conflicts=True)
        return len(new)

    def _new(self, person: User, rows: Sequence[Row]) -> dict[int, datetime]:
        """The pages among the rows that anybody may see and the person does not keep, with when they were kept."""
        asked = {row["id"]: _moment(row.get("at")) for row in rows if _is_number(row.get("id"))}
        kept = set(Bookmark.objects.of(person).values_list("page_id", flat=True))
        seen = ContentPage.objects.visible().filter(pk__in=set(asked) - kept).values_list("pk", flat=True)
        return {pk: asked[pk] for pk in list(seen)[: max(0, MOST_BOOKMARKS - len(kept))]}


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**63


def _moment(value: object) -> datetime:
    """A time of the past that a browser wrote down, else now."""
    now = timezone.now()
    if not _is_number(value) or not isinstance(value, int) or value > now.timestamp() * 1000:
        return now
    return datetime.fromtimestamp(value / 1000, UTC)
