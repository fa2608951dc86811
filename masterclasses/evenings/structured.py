"""An evening as search engines read it (schema.org/Event)."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

SCHEMA = "https://schema.org/"


def evening_data(page: Any, *, url: str) -> dict[str, Any]:
    """Dates alone where no hour is known, as schema.org wants it; otherwise with the offset of the zone."""
    places = [_place(page)] if page.event_place else []
    if page.event_link:
        places.append({"@type": "VirtualLocation", "url": page.event_link})
    data: dict[str, Any] = {
        "@type": "Event",
        "name": page.title,
        "description": page.summary,
        "url": url,
        "eventStatus": f"{SCHEMA}{'EventCancelled' if page.event_cancelled else 'EventScheduled'}",
        "eventAttendanceMode": f"{SCHEMA}{_mode(page)}EventAttendanceMode",
        "startDate": _written(page, page.event_from),
    }
    if page.event_begins:
        data["endDate"] = _written(page, page.event_until)
    if places:
        data["location"] = places if len(places) > 1 else places[0]
    if page.event_registration and not page.event_cancelled and timezone.now() < page.event_until:
        data["offers"] = {"@type": "Offer", "url": page.event_registration}
    return data


def _place(page: Any) -> dict[str, str]:
    return {"@type": "Place", "name": page.event_place, "address": page.event_place}


def _mode(page: Any) -> str:
    if page.event_place and page.event_link:
        return "Mixed"
    return "Online" if page.event_link else "Offline"


def _written(page: Any, moment: Any) -> str:
    local = moment.astimezone(page.event_clock)
    return local.isoformat() if page.event_begins else local.date().isoformat()
