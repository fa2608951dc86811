"""What pages that a browser kept would change for a person: what is shown before the merge, and done by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from careers.models import Completion, ReadingProgress
from careers.models.steps import COMPLETABLE_KINDS, MARKABLE_KINDS
from careers.progress.kept_rows import KeptPage, kept_pages
from careers.progress.reading_rule import READABLE_KINDS, is_read
from careers.progress.recording import MOST_SESSIONS
from careers.progress.sections import Row
from careers.progress.sums import sum_up
from careers.progress.withdrawals import taken_back
from home.admission import admitted
from home.models import ContentKind, ContentPage

if TYPE_CHECKING:
    from accounts.models import User

MARKED, READ, BEGUN, OPENED = "marked", "read", "begun", "opened"
#: More of what is done already: kept for the ledger, and nothing to tell.
MORE = "more"


@dataclass(frozen=True)
class Change:
    """What a kept page would change for the person, and how it is to be called."""

    page: ContentPage
    kept: KeptPage
    kind: str


def changes(person: User, rows: Sequence[Row]) -> list[Change]:
    """What is new for the person in these rows, in a constant number of queries; nothing once it is taken."""
    kept = kept_pages(rows, timezone.now())
    ids = [one.page_id for one in kept]
    live = ContentPage.objects.live().filter(kind__in=COMPLETABLE_KINDS).in_bulk(ids)
    seen = admitted(person, list(live.values()))
    done = set(Completion.objects.of(person).filter(page__in=ids).values_list("page_id", flat=True))
    ledger = ReadingProgress.objects.filter(person=person, page__in=ids).prefetch_related("sessions")
    known = {progress.page_id: progress for progress in ledger}
    withdrawn = taken_back(person, ids)
    found = []
    for one in kept:
        if one.page_id not in seen:
            continue
        page, since = live[one.page_id], withdrawn.get(one.page_id)
        if kind := _kind_of_change(one, page, known.get(page.pk), since, done=page.pk in done):
            found.append(Change(page, one, kind))
    return found


def _kind_of_change(
    kept: KeptPage, page: ContentPage, progress: ReadingProgress | None, since: datetime | None, *, done: bool
) -> str:
    if kept.marked_at and not done and page.kind in MARKABLE_KINDS and (since is None or kept.marked_at > since):
        return MARKED
    if page.kind in READABLE_KINDS and _is_new(kept, progress):
        if done:
            return MORE
        return READ if _would_be_read(kept, page, progress, since) else BEGUN
    if page.kind == ContentKind.RESOURCE and kept.opened_at and not (progress and progress.opened_at):
        return OPENED
    return ""


def _is_new(kept: KeptPage, progress: ReadingProgress | None) -> bool:
    """Whether the ledger does not have all that the browser tells of its sitting."""
    report = kept.report
    if report is None or progress is None:
        return report is not None
    sessions = {session.key: session for session in progress.sessions.all()}
    known = sessions.get(report.key)
    if known is None:
        return len(sessions) < MOST_SESSIONS
    return report.seconds > known.seconds or report.share > known.share or report.first < known.first


def _would_be_read(kept: KeptPage, page: ContentPage, progress: ReadingProgress | None, since: datetime | None) -> bool:
    report = kept.report
    if report is None:
        return False
    others = [session for session in progress.sessions.all() if session.key != report.key] if progress else []
    return is_read(sum_up([*others, report], since=since), page.minutes, again=since is not None)
