"""A weekly plan as an iCalendar object (RFC 5545), for a download and for the private feed.

Times are in UTC, so that no calendar has to know a time zone's rules. A session is named by its day (RFC 7986, 5.3):
the same day is the same event, whatever it holds now, so that calendars update it and never show it twice.
"""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from icalendar import Calendar, Event

from careers.planning.week import PlannedPiece, PlannedSession, Week
from home.templatetags.portal_tags import minutes as length

#: How often a calendar asks, if it heeds RFC 7986, 5.7.
ASK_AGAIN = timedelta(hours=6)


def week_as_calendar(week: Week, *, site: str, home: str) -> bytes:
    """`site` is the portal's address without a slash at the end, `home` that of the plan's page."""
    calendar = Calendar()
    calendar.add("prodid", "-//Career Portal//Weekly plan//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("My weekly plan"))
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for row in week.sessions:
        calendar.add_component(_event(row, week, site=site, home=home))
    return calendar.to_ical()


def _event(row: PlannedSession, week: Week, *, site: str, home: str) -> Event:
    event = Event()
    event.add("uid", f"{row.session.day:%Y%m%d}-{week.plan.uid}@{urlsplit(site).hostname}")
    event.add("dtstamp", week.now)
    event.add("sequence", int(week.now.timestamp()) // 60)
    event.add("dtstart", row.session.starts_at)
    event.add("dtend", row.session.ends_at)
    event.add("summary", _summary(row))
    event.add("description", "\n".join(_line(piece, site) for piece in row.pieces))
    event.add("url", home)
    return event


def _summary(row: PlannedSession) -> str:
    title, others = row.pieces[0].page.title, len(row.pieces) - 1
    if not others:
        return _("Learning: %(title)s") % {"title": title}
    words = ngettext("Learning: %(title)s and %(others)d more", "Learning: %(title)s and %(others)d more", others)
    return words % {"title": title, "others": others}


def _line(piece: PlannedPiece, site: str) -> str:
    address = piece.address if "://" in piece.address else f"{site}{piece.address}"
    return f"{piece.page.title} ({length(piece.minutes)}): {address}"
