"""The head that every calendar of ours has (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from icalendar import Calendar, Event

#: How often a calendar asks, if it heeds RFC 7986, 5.7.
ASK_AGAIN = timedelta(hours=6)


def calendar_of(events: Iterable[Event], *, about: str, name: str) -> bytes:
    """`about` says in English what it is, for the programs' own list of makers; `name` is shown."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Career Portal//{about}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for event in events:
        calendar.add_component(event)
    return calendar.to_ical()
