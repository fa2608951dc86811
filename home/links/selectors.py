"""What others may know of links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.desk.content_checks import Finding, Severity
from home.desk.needs import SHOWN, Line, Need
from home.desk.page_needs import editable_by
from home.models import LinkPlace, WebLink


def broken_links() -> QuerySet[WebLink]:
    return WebLink.objects.filter(verdict__in=WebLink.BAD, ignored_at=None)


def broken_links_of(page: Any) -> list[WebLink]:
    """Links in the page, as published, that lead nowhere."""
    return list(broken_links().filter(places__page_id=page.pk).distinct().order_by("address"))


def findings(pages: Sequence[Any]) -> dict[int, list[Finding]]:
    """For the content check in the editor: one query for all pages."""
    places = LinkPlace.objects.filter(page__in=[page.pk for page in pages if page.pk], link__in=broken_links())
    found: dict[int, list[Finding]] = defaultdict(list)
    for place in places.select_related("link").order_by("pk"):
        what = _("A link leads nowhere: %(link)s") % {"link": place.words or place.link.address}
        found[place.page_id or 0].append(Finding(what, place.link.words, severity=Severity.WARNING))
    return dict(found)


def need(person: Any) -> Need | None:
    """For the admin's home page: pages of theirs with broken links, a constant number of queries."""
    mine = editable_by(person).order_by().values("pk")
    places = LinkPlace.objects.filter(link__in=broken_links(), page__in=mine)
    rows = list(places.select_related("link").order_by("-link__checked_at", "pk")[: SHOWN + 1])
    lines = [
        Line(
            title=place.title,
            words=f"{place.link.address[:80]} – {place.link.words}",
            address=place.edit_url,
            action=_("Mend"),
        )
        for place in rows[:SHOWN]
    ]
    total = len(rows) if len(rows) <= SHOWN else places.count()
    heading = ngettext("A link leads nowhere", "Links lead nowhere", total)
    return Need(heading, lines, icon="link", total=total, address=reverse("links:index"))
