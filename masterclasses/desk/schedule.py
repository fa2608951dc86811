"""When videos are probably ready, for the calendar, and what a part still lacks of which nobody knows when it comes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from home.desk.schedule import GOES_LIVE, READY, Entry
from masterclasses.models import PartPage, PublishWish, Transcode
from masterclasses.selectors import states_of
from masterclasses.status import report

#: Nobody is told of a place further back in the queue.
MOST = 200


def videos_on_their_way(person: Any, first: datetime, last: datetime) -> Iterator[Entry]:
    """Each once for every page that shows it, or once without a page."""
    if not report.may_see(person):
        return
    videos = report.videos_for(person).filter(newest_status__in=Transcode.OPEN).order_by("created_at", "pk")[:MOST]
    lines = [line for line in report.lines_for(list(videos)) if line.state.forecast]
    pages = {page.pk for line in lines for page in line.pages}
    wished = set(PublishWish.objects.filter(part__in=pages).values_list("part", flat=True)) if pages else set()
    for line in lines:
        for page in line.pages or [None]:
            yield from _entries_of(line, page, wished)


def what_parts_lack(page_ids: Collection[int]) -> Mapping[int, list[str]]:
    """No video, one that failed, or one of which there is no forecast."""
    found: dict[int, list[str]] = defaultdict(list)
    parts = list(PartPage.objects.filter(pk__in=page_ids).select_related("video"))
    states = states_of([part.video for part in parts if part.video])
    for part in parts:
        state = states.get(part.video_id)
        if state is None:
            found[part.pk].append(_("it has no video"))
        elif state.can_retry and not state.watchable:
            found[part.pk].append(_("its video did not work"))
        elif state.open and state.forecast is None and not state.watchable:
            found[part.pk].append(_("its video is on its way, and nobody can say until when"))
    return found


def _entries_of(line: report.Line, page: Any, wished: set[int]) -> Iterator[Entry]:
    """When the video is ready, and that the draft of a page in `wished` is published by itself then."""
    if line.state.forecast is None:
        return
    at, video = line.state.forecast.watchable_at, line.video
    title, pk = (page.title, page.pk) if page else (video.title, None)
    address = reverse("wagtailmedia:edit", args=[video.pk])
    yield Entry(READY, at, title, _("its video is ready"), address, pk, about=True, icon="media")
    if pk in wished:
        address = reverse("wagtailadmin_pages:edit", args=[pk])
        yield Entry(GOES_LIVE, at, title, _("goes live with its video"), address, pk, about=True, icon="view")
