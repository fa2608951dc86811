"""Circuits of mail domains: one that asks us to come later, or refuses us by its rules, is left alone for a while."""

from __future__ import annotations

import random
import time
from datetime import datetime, timedelta

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from digests.delivery.alerts import alert
from digests.models import MailDomain
from jobs.actions import fit

#: Waits of a domain that asks us to come later, the last one again and again.
RESTS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))
#: Answers of this kind in a row before a domain rests: a server that puts off strangers once is none.
DEFERRALS_BEFORE_REST = 5
#: Refusals by rules (5.7.x) in a row before the circuit opens, and for how long.
REFUSALS_BEFORE_CIRCUIT = 20
CIRCUIT = timedelta(hours=4)
FRESH_FOR = 1.0  # seconds


class Domains:
    """The domains that are in trouble, as one sender knows them: read again every second."""

    def __init__(self) -> None:
        self._troubled: dict[str, MailDomain] = {}
        self._read_at = 0.0

    def closed_until(self, name: str, now: datetime) -> tuple[datetime, str] | None:
        """Until when nothing goes to this domain, a little spread, and why; None when it is open."""
        domain = self._known().get(name)
        if domain is None or domain.closed_until is None or domain.closed_until <= now:
            return None
        return spread(domain.closed_until, now), domain.reason

    def took(self, name: str) -> None:
        """It took a mail: all is forgotten."""
        if name in self._known():
            MailDomain.objects.filter(name=name).update(deferrals=0, rests=0, refusals=0, closed_until=None, reason="")
            del self._troubled[name]

    def deferred(self, name: str, reason: str) -> None:
        """It asked us to come later. After some of these in a row it rests."""
        domain = self._count(name, "deferrals")
        if domain.deferrals >= DEFERRALS_BEFORE_REST:
            rest = RESTS[min(domain.rests, len(RESTS) - 1)]
            counted = MailDomain.objects.filter(pk=domain.pk, rests=domain.rests)
            counted.update(deferrals=0, rests=F("rests") + 1, closed_until=timezone.now() + rest, reason=fit(reason))

    def refused_by_rules(self, name: str, reason: str) -> None:
        """It refuses mail like ours. After many of these in a row the circuit opens, and people are told."""
        domain = self._count(name, "refusals")
        if domain.refusals < REFUSALS_BEFORE_CIRCUIT:
            return
        now = timezone.now()
        is_open = Q(closed_until=None) | Q(closed_until__lte=now)
        if MailDomain.objects.filter(is_open, pk=domain.pk).update(closed_until=now + CIRCUIT, reason=fit(reason)):
            alert(
                subject=domain,
                event=f"circuit {now:%Y-%m-%d}",
                title=lambda: _("%(domain)s refuses our digests") % {"domain": name},
                message=lambda: (
                    _("%(number)d in a row were refused by its rules; the others wait. %(reason)s")
                    % {"number": domain.refusals, "reason": reason}
                ),
            )

    def _count(self, name: str, column: str) -> MailDomain:
        domain, _is_new = MailDomain.objects.get_or_create(name=name)
        MailDomain.objects.filter(pk=domain.pk).update(**{column: F(column) + 1})
        domain.refresh_from_db()
        self._read_at = 0.0
        return domain

    def _known(self) -> dict[str, MailDomain]:
        if time.monotonic() - self._read_at > FRESH_FOR:
            troubled = Q(deferrals__gt=0) | Q(rests__gt=0) | Q(refusals__gt=0)
            self._troubled = {domain.name: domain for domain in MailDomain.objects.filter(troubled)}
            self._read_at = time.monotonic()
        return self._troubled


def spread(until: datetime, now: datetime) -> datetime:
    """A little later, and not at the same moment for all that wait."""
    return until + (until - now) * random.uniform(0, 0.1)  # noqa: S311 - no secret
