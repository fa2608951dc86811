"""Pages read, marked and opened without an account, on their way into one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import ngettext

from careers.actions import mark_done
from careers.progress.kept_changes import BEGUN, MARKED, OPENED, READ, changes
from careers.progress.kept_rows import kept_page
from careers.progress.reading_rule import READABLE_KINDS
from careers.progress.recording import record_opened, record_reading
from careers.progress.sections import Row
from home.models import ContentKind

if TYPE_CHECKING:
    from accounts.models import User

SECTION = "reading"


class ReadingSection:
    def understands(self, row: Row) -> bool:
        return kept_page(row, timezone.now()) is not None

    def preview(self, person: User, rows: Sequence[Row]) -> list[str]:
        counts = Counter(change.kind for change in changes(person, rows))
        sentences = {
            READ: ngettext("%(n)d article read to its end", "%(n)d articles read to their end", counts[READ]),
            MARKED: ngettext("%(n)d page marked as done", "%(n)d pages marked as done", counts[MARKED]),
            BEGUN: ngettext("%(n)d article begun", "%(n)d articles begun", counts[BEGUN]),
            OPENED: ngettext("%(n)d resource opened", "%(n)d resources opened", counts[OPENED]),
        }
        return [sentence % {"n": counts[kind]} for kind, sentence in sentences.items() if counts[kind]]

    def take(self, person: User, rows: Sequence[Row]) -> int:
        found = changes(person, rows)
        for change in found:
            if change.kept.report and change.page.kind in READABLE_KINDS:
                record_reading(person=person, page=change.page, report=change.kept.report)
            if change.kept.opened_at and change.page.kind == ContentKind.RESOURCE:
                record_opened(person=person, page=change.page)
            if change.kind == MARKED:
                mark_done(person=person, page=change.page)
        return len(found)
