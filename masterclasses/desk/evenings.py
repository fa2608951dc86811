"""Evenings in the desk's calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from home.desk.page_needs import edit_address, editable_by
from home.desk.schedule import HAPPENS, Entry
from masterclasses.models import MasterclassPage


def evenings_between(person: Any, first: datetime, last: datetime) -> Iterator[Entry]:
    """Those of pages that this person may edit, drafts included; one query."""
    own = editable_by(person).order_by().values("pk")
    within = MasterclassPage.objects.filter(pk__in=own, event_from__gte=first, event_from__lt=last)
    for page in within.order_by("event_from"):
        words = _("the evening is cancelled") if page.event_cancelled else _("the evening begins")
        yield Entry(HAPPENS, page.event_from, page.title, words, edit_address(page.pk), page.pk, icon="date")
