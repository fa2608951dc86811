"""What digests ask of the person at the desk, and what goes out next."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from digests.desk.coming import Coming, coming, next_of_each_rhythm
from digests.models import DigestSettings
from home.desk import times
from home.desk.needs import Line, Need

NAMED = 3


def approvals(person: Any) -> Need | None:
    """Editions that would go without their note, pins and order, for nobody has approved them."""
    if not person.has_perm("digests.approve_edition") or not DigestSettings.load().needs_approval:
        return None
    lines = [
        Line(
            title=str(one.edition),
            words=_("It goes %(when)s. Without approval it goes without its note, pins and order.")
            % {"when": times.coming(one.closes_at)},
            address=_address(one),
            action=_("Look and approve"),
            urgent=True,
        )
        for one in coming()
        if not one.edition.approved_at
    ]
    return Need(_("Digests wait for approval"), lines, icon="mail")


def next_digests(person: Any) -> Need | None:
    if not person.has_perm("digests.view_edition"):
        return None
    lines = [Line(str(one.edition), words_of(one), _address(one)) for one in next_of_each_rhythm()]
    return Need(_("The next digests"), lines, icon="mail", address=reverse("editions:index"), asks=False)


def words_of(one: Coming) -> str:
    """To how many, when, and with what."""
    return f"{_audience(one)} {_contents(one.titles)}"


def _audience(one: Coming) -> str:
    number = one.outlook.number
    if not number:
        return _("Nobody is due to get it.")
    return ngettext(
        "It goes to %(number)d subscriber, %(when)s.",
        "It goes to %(number)d subscribers, the first %(when)s.",
        number,
    ) % {"number": number, "when": times.coming(one.closes_at)}


def _contents(titles: list[str]) -> str:
    if not titles:
        return _("Nothing new is in it yet: an empty digest is not sent.")
    named = ", ".join(_("“%(title)s”") % {"title": title} for title in titles[:NAMED])
    more = len(titles) - NAMED
    if more <= 0:
        return _("In it: %(titles)s.") % {"titles": named}
    words = ngettext("In it: %(titles)s and %(more)d more.", "In it: %(titles)s and %(more)d more.", more)
    return words % {"titles": named, "more": more}


def _address(one: Coming) -> str:
    return reverse("editions:edit", args=[one.edition.pk])
