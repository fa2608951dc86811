"""Checks addresses, one request to a site at a time."""

from __future__ import annotations

import time
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from home.links.inside import is_ours, judge_own
from home.links.verdicts import Judgement, Verdict, of_status, values_after
from home.models import WebLink
from home.web import robots
from home.web.addresses import Target, parse
from home.web.errors import Refused, WebError
from home.web.fetching import fetch
from home.web.turns import PAUSE, take_turn, wait_for_turn
from jobs.actions import claim_next, finish, put_back
from jobs.running import run_claimed

#: A site that does not like HEAD answers one of these; then a page is asked for, and its beginning is read.
ASK_PROPERLY = frozenset({400, 403, 404, 405, 406, 410, 500, 501, 502, 503})
REOPENED_AT_ONCE = 1000


def check_due(*, seconds: float = 20) -> bool:
    """Check due addresses for so long; return whether some may be left."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        link = claim_next(WebLink, look_at=100)
        if link is None:
            return False
        run_claimed(link, check)
    return True


def reopen_due() -> int:
    """Let addresses whose next check has come be checked again."""
    now = timezone.now()
    due = WebLink.objects.filter(status=WebLink.Status.DONE, next_check_at__lte=now).order_by("next_check_at")
    pks = list(due.values_list("pk", flat=True)[:REOPENED_AT_ONCE])
    return int(
        WebLink.objects.filter(pk__in=pks, status=WebLink.Status.DONE).update(
            status=WebLink.Status.WAITING, attempts=0, next_try_at=now, finished_at=None
        )
    )


def check(link: WebLink) -> None:
    """Judge one address, or put it back until its site may be asked."""
    if link.kind == WebLink.Kind.OWN or is_ours(link.address):
        _finish(link, judge_own(link.address))
        return
    try:
        target = parse(link.address.partition("#")[0])
        if _must_wait(target):
            put_back(link, until=timezone.now() + timedelta(seconds=PAUSE))
            return
        judged = _ask(link.address, target)
    except Refused as error:
        judged = Judgement(Verdict.BROKEN, error.words)
    except WebError as error:
        judged = Judgement(Verdict.SHAKY, error.words)
    _finish(link, judged)


def _must_wait(target: Target) -> bool:
    if not take_turn(target.shown_host, pause=settings.LINK_PAUSE):
        return True
    if robots.are_known(target):
        return False
    robots.rules_of(target)
    return settings.LINK_PAUSE > 0


def _ask(address: str, target: Target) -> Judgement:
    rules = robots.rules_of(target)
    if not robots.may_ask(rules, address):
        return Judgement(Verdict.DOUBTFUL, _("The site asks robots to stay away from there: look for yourself."))
    pause = robots.pause_of(rules) if settings.LINK_PAUSE else 0
    answer = fetch(address, method="HEAD")
    if answer.status in ASK_PROPERLY:
        if pause:
            wait_for_turn(target.shown_host, pause=pause, most=pause + 1)
        answer = fetch(address)
    if pause > PAUSE:
        robots.rest(target, pause)
    return of_status(answer.status, answer.moved_to)


def _finish(link: WebLink, judged: Judgement) -> None:
    finish(link, **values_after(link, judged, now=timezone.now(), today=timezone.localdate()))
