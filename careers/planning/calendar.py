"""A weekly plan as an iCalendar object (RFC 5545), for a download and for the private feed.

Times are in UTC, so that no calendar has to know a time zone's rules. A session is named by its day (RFC 7986, 5.3):
the same day is the same event, whatever it holds now, so that calendars update it and never show it twice.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from icalendar import Event

from careers.planning.week import PlannedPiece, PlannedSession, Week
from home.icalendar import calendar_of
from home.templatetags.portal_tags import minutes as length


def week_as_calendar(week: Week, *, site: str, home: str) -> bytes:
    """`site` is the portal's address without a slash at the end, `home` that of the plan's page."""
    events = (_event(row, week, site=site, home=home) for row in week.sessions)
    return calendar_of(events, about="Weekly plan", name=_("My weekly plan"))


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
