"""Pages that are to go live or to expire."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField
from django.db.models.functions import Cast
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from home.desk.page_needs import edit_address, editable_by
from home.desk.schedule import EXPIRES, GOES_LIVE, Entry


def scheduled_pages(person: Any, first: datetime, last: datetime) -> Iterator[Entry]:
    """What the person may change; two queries."""
    yield from _going_live(person, first, last)
    for page in editable_by(person).filter(live=True, expire_at__gte=first, expire_at__lt=last).order_by("expire_at"):
        yield _entry(EXPIRES, page.expire_at, page.get_admin_display_title(), page.pk)


def _going_live(person: Any, first: datetime, last: datetime) -> Iterator[Entry]:
    mine = editable_by(person).order_by().annotate(text=Cast("pk", CharField())).values("text")
    revisions = Revision.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page), approved_go_live_at__lt=last, object_id__in=mine
    ).order_by("approved_go_live_at")
    for revision in revisions.exclude(approved_go_live_at=None):
        yield _entry(GOES_LIVE, revision.approved_go_live_at, revision.object_str, int(revision.object_id))
        expires = parse_datetime(revision.content.get("expire_at") or "")
        if expires:
            yield _entry(EXPIRES, expires, revision.object_str, int(revision.object_id))


def _entry(what: str, at: datetime, title: str, pk: int) -> Entry:
    words, icon = (_("goes live"), "view") if what == GOES_LIVE else (_("expires"), "no-view")
    return Entry(what, at, title, words, edit_address(pk), page=pk, icon=icon)
