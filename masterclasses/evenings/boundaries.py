"""Pages say “tonight” and “on now”, and are kept until the next publication: at these moments they are made anew."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from home import content_version
from masterclasses.evenings.times import moment
from masterclasses.models import MasterclassPage

#: Longer than the time between two ticks: to renew twice harms nobody.
SINCE = timedelta(seconds=130)
A_DAY = timedelta(days=1, hours=2)


def renew_pages(*, now: datetime | None = None) -> bool:
    """Whether an evening's day, the evening or its end has just begun, and pages were made void."""
    now = now or timezone.now()
    close = Q(event_from__gt=now - A_DAY, event_from__lte=now + A_DAY)
    near = close | Q(event_until__gt=now - SINCE, event_until__lte=now)
    pages = MasterclassPage.objects.live().filter(near, event_cancelled=False)
    if not any(now - SINCE < at <= now for page in pages for at in _moments(page)):
        return False
    content_version.renew()
    return True


def _moments(page: Any) -> tuple[datetime, ...]:
    midnight = moment(page.event_date, datetime.min.time(), page.event_zone)
    return midnight, page.event_from, page.event_until
