"""Evenings as an iCalendar object (RFC 5545), for a download and for the public feed.

An evening keeps its UID for good, and its SEQUENCE grows with every publication: a calendar that has it moves it, or
strikes it out, and never shows it twice. Times are in UTC, so that no calendar has to know a time zone's rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Event

from home.icalendar import calendar_of


def evenings_as_calendar(evenings: Iterable[Any], *, site: str) -> bytes:
    """`site` is the portal's address without a slash at the end."""
    return calendar_of((_event(page, site) for page in evenings), about="Evenings", name=_("Evenings"))


def _event(page: Any, site: str) -> Event:
    published, address = page.last_published_at or timezone.now(), f"{site}{page.url}"
    event = Event()
    event.add("uid", f"evening-{page.pk}@{urlsplit(site).hostname}")
    event.add("dtstamp", published)
    event.add("last-modified", published)
    event.add("sequence", int(published.timestamp()) // 60)
    event.add("status", "CANCELLED" if page.event_cancelled else "CONFIRMED")
    event.add("summary", page.title)
    event.add("dtstart", _written(page, page.event_from))
    event.add("dtend", _written(page, page.event_until))
    event.add("description", "\n\n".join(_told(page, address)))
    event.add("url", address)
    if where := page.event_place or page.event_link:
        event.add("location", where)
    return event


def _written(page: Any, moment: Any) -> Any:
    """A day without hours is that day there, wherever the calendar is."""
    return moment if page.event_begins else moment.astimezone(page.event_clock).date()


def _told(page: Any, address: str) -> list[str]:
    lines = [page.summary, page.event_capacity]
    if page.event_link:
        lines.append(_("Online at %(address)s") % {"address": page.event_link})
    if page.event_registration:
        lines.append(_("Registration: %(address)s") % {"address": page.event_registration})
    return [line for line in [*lines, address] if line]
