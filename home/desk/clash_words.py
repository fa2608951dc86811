"""Clashes in words: “goes live 09:00, its video is ready about 09:40, the weekly digest closes 08:00”."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from home.desk.clashes import Clash, Kind
from home.desk.schedule import Entry


@dataclass(frozen=True)
class Told:
    """All that clashes with one page's going live: what happens when, and what to do."""

    live: Entry
    facts: str
    advice: tuple[str, ...]


def tell(clashes: Sequence[Clash]) -> list[Told]:
    """One for each page that goes live, in the order in which the clashes come."""
    return [_told(live, list(group)) for live, group in groupby(clashes, key=lambda clash: clash.live)]


def _told(live: Entry, clashes: list[Clash]) -> Told:
    facts = [_fact(live, live.at), *(_fact(clash.other, live.at) if clash.other else clash.lack for clash in clashes)]
    return Told(live, ", ".join(facts), tuple(dict.fromkeys(_advice(clash.kind) for clash in clashes)))


def _fact(entry: Entry, beside: datetime) -> str:
    words = _("%(what)s about %(when)s") if entry.about else _("%(what)s %(when)s")
    return words % {"what": entry.words, "when": _clock(entry.at, beside)}


def _clock(moment: datetime, beside: datetime) -> str:
    """09:00, with the day where it is another one than `beside`, in the time zone of whoever reads it."""
    local = timezone.localtime(moment)
    at = time_format(local, "H:i")
    if local.date() == timezone.localdate(beside):
        return at
    return _("%(time)s on %(day)s") % {"time": at, "day": date_format(local, "WEEKDAY_DAY_FORMAT")}


def _advice(kind: Kind) -> str:
    return {
        Kind.NOT_READY: _("Let it go live later, or with its video."),
        Kind.LACKS: _("Add what is missing, or let it go live later."),
        Kind.MISSES: _("Let it go live before the digest closes, or its readers hear of it with the one after."),
        Kind.TOO_LATE: _("Let it go live before what it announces."),
        Kind.OVER: _("Give it a later end, or none."),
    }[kind]
