"""An edition as this or that kind of subscriber would get it: chosen, assembled and rendered like the real ones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from careers.ahead import ahead_on
from careers.models import LearningPathPage
from digests.editions.calendar import GATHERS
from digests.links import Links
from digests.linter import Finding, lint
from digests.linter.own_links import dead_among_links_of
from digests.messages import build
from digests.models import Delivery, Edition, Subscriber
from digests.periods import Rhythm
from digests.rendering import Rendered, render
from digests.selection import preview_for
from digests.selection.plans import plan_of
from digests.selection.readers import Reader, reader_as
from home.models import Area


@dataclass(frozen=True)
class Kind:
    """Who reads: no areas mean all of them; `person_id` is somebody's account, `path` one that is just begun."""

    areas: tuple[Area, ...] = ()
    person_id: int | None = None
    path: LearningPathPage | None = None


EVERYTHING = Kind()


def preview_edition(edition: Edition, kind: Kind = EVERYTHING, *, now: datetime | None = None) -> Rendered | None:
    """Return the mail as it would go now, approved or not; None when there would be none."""
    now = now or timezone.now()
    digest = preview_for(_reader(edition, kind, now), plan_of(edition), now=now)
    on = max(timezone.localdate(now), edition.first_day)
    return render(digest, links=Links.of_nobody(), on=on) if digest else None


def look_over(mail: Rendered) -> list[Finding]:
    """What is wrong with this mail, with its headers as they would be, and its own links looked up."""
    anybody = Delivery(subscriber=Subscriber(email="reader@example.org"))
    message = build(anybody, mail, Links.of_nobody()).email().message()
    head = {name: str(value) for name, value in message.items()}
    return lint(mail, head=head, own=settings.BASE_URL, dead=dead_among_links_of(mail.html))


def _reader(edition: Edition, kind: Kind, now: datetime) -> Reader:
    areas = kind.areas or tuple(Area.objects.all())
    since = min(now, edition.span.begins_at) - GATHERS[Rhythm(edition.rhythm)]
    if kind.person_id:
        reader = reader_as(kind.person_id, areas=areas, rhythm=edition.rhythm, since=since)
    else:
        reader = Reader(areas=areas, rhythm=edition.rhythm, since=since)
    return replace(reader, ahead=ahead_on(kind.path)) if kind.path else reader
