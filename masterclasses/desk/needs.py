"""What videos ask of the person at the desk: those that failed or stand still, and those that are on their way."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from home.desk.needs import SHOWN, Line, Need
from masterclasses.models import Transcode
from masterclasses.status import report


def broken(person: Any) -> Need | None:
    """Videos that nobody will ever see unless somebody does something, with the reason."""
    if not report.may_see(person):
        return None
    videos = report.videos_for(person).filter(report.failed() | report.stuck()).order_by("-created_at", "-pk")
    shown = list(videos[:SHOWN])
    lines = [
        Line(
            title=line.video.title,
            words=line.stuck or line.state.words,
            address=reverse("wagtailmedia:edit", args=[line.video.pk]),
            action=_("Repair"),
            urgent=True,
        )
        for line in report.lines_for(shown)
    ]
    total = len(shown) if len(shown) < SHOWN else videos.count()
    address = f"{reverse('videos:report')}?state=failed"
    return Need(_("Videos that did not work"), lines, icon="media", total=total, address=address)


def on_their_way(person: Any) -> Need | None:
    """Videos that are being prepared, with the time at which they are probably ready, the next to be so first."""
    if not report.may_see(person):
        return None
    videos = report.videos_for(person).filter(newest_status__in=Transcode.OPEN).order_by("created_at", "pk")
    shown = list(videos[:SHOWN])
    known = sorted(report.lines_for(shown), key=_done_at)
    lines = [
        Line(line.video.title, line.state.words, reverse("wagtailmedia:edit", args=[line.video.pk])) for line in known
    ]
    total = len(shown) if len(shown) < SHOWN else videos.count()
    return Need(_("Videos on their way"), lines, "media", total, reverse("videos:report"), asks=False)


def _done_at(line: report.Line) -> datetime:
    """What has no forecast comes last."""
    forecast = line.state.forecast
    return forecast.done_at if forecast else datetime.max.replace(tzinfo=UTC)
