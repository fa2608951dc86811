"""WordPress's dates: the site's own clock beside UTC, and zeros for “never”."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from careers.wordpress.source import SourceItem


def published_at(item: SourceItem) -> datetime | None:
    """When it was, or will be, published; the site's own clock is taken for ours where UTC is missing."""
    return _parsed(item.date_gmt, utc=True) or _parsed(item.date, utc=False)


def modified_at(item: SourceItem) -> datetime | None:
    return _parsed(item.modified_gmt, utc=True)


def day_of(item: SourceItem) -> date | None:
    """The day that readers of the old site saw."""
    shown = _parsed(item.date, utc=True)
    moment = published_at(item)
    return shown.date() if shown else timezone.localtime(moment).date() if moment else None


def _parsed(text: str, *, utc: bool) -> datetime | None:
    try:
        moment = parse_datetime(text.strip())
    except ValueError:
        return None
    if moment is None or moment.year < 1971:
        return None
    if timezone.is_aware(moment):
        return moment
    return moment.replace(tzinfo=UTC) if utc else timezone.make_aware(moment)
