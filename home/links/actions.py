"""What an editor does about a link: have it checked now, leave it aside with a reason, or take that back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from home.models import WebLink
from jobs.actions import do_again, start_again
from jobs.wakeups import wake_after_commit


@transaction.atomic
def check_again(*, link: WebLink) -> bool:
    """Return whether it will be checked anew; one that is being checked already will not."""
    if do_again(link) or start_again(link):
        return True
    waiting = WebLink.objects.filter(pk=link.pk, status=WebLink.Status.WAITING).update(next_try_at=timezone.now())
    if waiting:
        wake_after_commit(link)
    return bool(waiting)


def leave_aside(*, link: WebLink, because: str) -> bool:
    """Return whether it was; one that is aside already keeps the reason that it has."""
    counting = WebLink.objects.filter(pk=link.pk, ignored_at=None)
    return bool(counting.update(ignored_because=because[:200], ignored_at=timezone.now()))


def take_up_again(*, link: WebLink) -> None:
    WebLink.objects.filter(pk=link.pk).update(ignored_because="", ignored_at=None)


def recheck_own(*, address: str) -> int:
    """Something inside has changed: whoever leads there is judged anew, without a request."""
    rows = WebLink.objects.filter(address=address, status=WebLink.Status.DONE)
    return int(rows.update(next_check_at=timezone.now()))
