"""What an answer says about a link. Only what is surely gone is called so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from home.models import WebLink

Verdict = WebLink.Verdict
WEEK, DAY = timedelta(days=7), timedelta(days=1)
#: Answers that say something of us, not of the page: sign in, pay, go slower, not for robots.
NOT_FOR_US = frozenset({400, 401, 402, 403, 405, 406, 407, 408, 409, 418, 421, 423, 425, 426, 428, 429, 431, 451, 999})
MOST_DAYS = 3


@dataclass(frozen=True)
class Judgement:
    verdict: str
    words: str = ""
    status: int | None = None
    moved_to: str = ""


def of_status(status: int, moved_to: str = "") -> Judgement:
    if status in {404, 410}:
        return Judgement(
            Verdict.GONE, _("The site says: there is no such page (%(status)d).") % {"status": status}, status
        )
    if status in NOT_FOR_US:
        words = _("The site does not answer robots (%(status)d): look for yourself.") % {"status": status}
        return Judgement(Verdict.DOUBTFUL, words, status)
    if 200 <= status < 300:
        if moved_to:
            return Judgement(Verdict.MOVED, _("It has moved for good: use the new address."), status, moved_to[:2000])
        return Judgement(Verdict.FINE, "", status)
    return Judgement(Verdict.SHAKY, _("The site has a fault of its own (%(status)d).") % {"status": status}, status)


def values_after(link: WebLink, judged: Judgement, *, now: datetime, today: date) -> dict[str, Any]:
    """What the row is to say. Without an answer on three different days a link is broken; one answer clears it."""
    verdict, days, failed_on, wait = judged.verdict, 0, None, WEEK
    if verdict == Verdict.SHAKY:
        days = link.failed_days + (link.failed_on != today)
        failed_on = today
        verdict, wait = (Verdict.BROKEN, WEEK) if days >= MOST_DAYS else (Verdict.SHAKY, DAY)
    return {
        "verdict": verdict,
        "words": judged.words[:300],
        "status_code": judged.status,
        "moved_to": judged.moved_to,
        "failed_days": days,
        "failed_on": failed_on,
        "checked_at": now,
        "next_check_at": now + wait,
    }
