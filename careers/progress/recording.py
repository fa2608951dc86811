"""Writing down what was read. Reports are totals of a session: they may come twice, late, in any order or never."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from careers.actions import complete
from careers.models import Completion, ReadingProgress, ReadingSession
from careers.progress.reading_rule import is_read
from careers.progress.sums import sum_up
from careers.progress.withdrawals import taken_back_at

if TYPE_CHECKING:
    from accounts.models import User
    from home.models import ContentPage

#: Nobody sits down to one article more often; what else comes is somebody's script.
MOST_SESSIONS = 200


@dataclass(frozen=True)
class Report:
    """What one session says of itself: `seconds` in view, from the share `first` of the text to `share`.

    `started_at` and `heard_at` bound the seconds; they come from the server's clock where there is a connection.
    """

    key: str
    started_at: datetime
    heard_at: datetime
    seconds: float
    first: float
    share: float

    @property
    def plausible_seconds(self) -> float:
        return max(0.0, min(self.seconds, (self.heard_at - self.started_at).total_seconds()))


@transaction.atomic
def record_reading(*, person: User, page: ContentPage, report: Report) -> bool:
    """Take a report into the ledger, and complete the page if it is read; say whether it is complete."""
    made, _created = ReadingProgress.objects.get_or_create(person=person, page_id=page.pk)
    progress = ReadingProgress.objects.select_for_update().get(pk=made.pk)
    if _keep(progress, report):
        _judge(progress, page)
    return Completion.objects.of(person).filter(page_id=page.pk).exists()


@transaction.atomic
def record_opened(*, person: User, page: ContentPage) -> None:
    """Remember the first time that somebody followed a resource's link."""
    progress, _created = ReadingProgress.objects.get_or_create(person=person, page_id=page.pk)
    ReadingProgress.objects.filter(pk=progress.pk, opened_at=None).update(opened_at=timezone.now())


def _keep(progress: ReadingProgress, report: Report) -> bool:
    """Let the session grow by what the report says, and say whether that was anything new."""
    session = progress.sessions.filter(key=report.key).first()
    if session is None:
        if progress.sessions.count() >= MOST_SESSIONS:
            return False
        session = ReadingSession(progress=progress, key=report.key, started_at=report.started_at)
    seconds, first, share = session.seconds, session.first, session.share
    session.seconds = max(seconds, report.plausible_seconds)
    session.first = min(first, report.first)
    session.share = max(share, report.share)
    if session.pk and (session.seconds, session.first, session.share) == (seconds, first, share):
        return False
    session.heard_at = max(report.heard_at, session.heard_at or report.heard_at, session.started_at)
    session.save()
    return True


def _judge(progress: ReadingProgress, page: ContentPage) -> None:
    """Sum the sessions up anew, and complete the page as soon as they amount to reading it."""
    now = timezone.now()
    sessions = list(progress.sessions.all())
    everything = sum_up(sessions)
    progress.seconds, progress.share = everything.seconds, everything.share
    if everything.reached_end and not progress.reached_end_at:
        progress.reached_end_at = now
    since = taken_back_at(progress.person, page.pk)
    settled = bool(progress.read_at and (since is None or progress.read_at > since))
    if not settled and is_read(sum_up(sessions, since=since), page.minutes, again=since is not None):
        progress.read_at, settled = now, True
    progress.save()
    if settled:
        complete(person=progress.person, page=page, how=Completion.How.READ)
