"""Telling people how an encode went: each once for each change, in the transaction of that change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from jobs.models import Notice
from jobs.notices import notify
from jobs.speaking import speaking_to
from masterclasses.models import MasterclassPage, PartPage, Transcode, Video


def tell_watchable(transcode: Transcode) -> None:
    """In the admin alone: the mail comes when everything is done."""
    video = transcode.video
    page = _public_page(video)
    for person in concerned_with(video):
        with speaking_to(person):
            notify(
                subject=transcode,
                event="watchable",
                recipient=person,
                title=_("“%(title)s” can be watched") % {"title": video.title},
                message=_(
                    "The first size is ready; the larger ones are still being made. You will hear when all is done."
                ),
                url=_address(video, person, page),
                by_mail=False,
            )


def tell_ready(transcode: Transcode) -> None:
    video = transcode.video
    page = _public_page(video)
    for person in concerned_with(video):
        with speaking_to(person):
            message = (
                _("It is encoded in all sizes, and visitors of “%(page)s” can watch it.") % {"page": page.title}
                if page
                else _("It is encoded in all sizes. Choose it on a masterclass part to let visitors watch it.")
            )
            notify(
                subject=transcode,
                event="ready",
                recipient=person,
                title=_("The video “%(title)s” is ready") % {"title": video.title},
                message=message,
                url=_address(video, person, page),
            )


def tell_failed(transcode: Transcode) -> None:
    video = transcode.video
    waiting = list(video.publish_wishes.open().values_list("part__title", flat=True))
    for person in concerned_with(video):
        may_retry = video.is_editable_by_user(person)
        with speaking_to(person):
            notify(
                subject=transcode,
                event=failed_event(transcode),
                recipient=person,
                title=_("The video “%(title)s” could not be encoded") % {"title": video.title},
                message="\n\n".join(_what_it_means(transcode, waiting, may_retry=may_retry)),
                url=reverse("videos:retry", args=[video.pk]) if may_retry else _address(video, person, None),
                level=Notice.Level.BAD,
            )


def _what_it_means(transcode: Transcode, waiting: Iterable[str], *, may_retry: bool) -> Iterator[str]:
    yield transcode.reason
    for title in waiting:
        yield _("“%(page)s” stays a draft until the video is ready.") % {"page": title}
    if transcode.video.published_id:
        yield _("Visitors can still watch what was there before.")
    if not may_retry:
        yield _("Whoever looks after the videos can try it again.")


def failed_event(transcode: Transcode) -> str:
    """Which failure this is: after an editor's retry another one is news, a replay of the same is not."""
    return f"failed {transcode.finished_at:%Y-%m-%dT%H:%M:%S.%f}"


def concerned_with(video: Video) -> Iterable[Any]:
    """Who uploaded the video, who owns a page that shows it, and who waits for it to publish one."""
    users = get_user_model().objects.filter(is_active=True)
    pages = {*PartPage.objects.filter(video=video).values_list("owner", flat=True)}
    pages |= {*video.publish_wishes.open().values_list("person", flat=True)}
    pages |= {*MasterclassPage.objects.filter(trailer=video).values_list("owner", flat=True)}
    return users.filter(Q(pk=video.uploaded_by_user_id) | Q(pk__in=pages - {None})).order_by("pk")


def _public_page(video: Video) -> Page | None:
    """A page that visitors find the video on."""
    part = PartPage.objects.live().filter(video=video).first()
    return part or MasterclassPage.objects.live().filter(trailer=video).first()


def _address(video: Video, person: Any, page: Page | None) -> str:
    """Where this person sees the video: on its page, in the library, or on the page that they are writing."""
    if page and page.url:
        return str(page.url)
    if video.is_editable_by_user(person):
        return reverse("wagtailmedia:edit", args=[video.pk])
    own = PartPage.objects.filter(video=video, owner=person).first()
    return reverse("wagtailadmin_pages:edit", args=[own.pk]) if own else reverse("jobs:notices")
