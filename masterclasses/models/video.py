"""The video library: sources as they were uploaded, and which encode viewers get."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, ClassVar

from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtailmedia.models import AbstractMedia
from wagtailmedia.settings import wagtailmedia_settings

from masterclasses.models.transcode import Rendition, Transcode


@dataclass(frozen=True)
class Playback:
    """Addresses of what viewers get, empty where there is none, and the largest picture in pixels.

    `encode` is the uuid in all the addresses.
    """

    hls: str = ""
    mp4: str = ""
    poster: str = ""
    audio: str = ""
    storyboard: str = ""
    width: int = 0
    height: int = 0
    encode: str = ""

    @classmethod
    def of(cls, renditions: Iterable[Rendition], *, chosen_poster: str = "") -> Playback:
        """From the renditions of one encode, from small to large, with their transcode at hand.

        `chosen_poster` names the still that an editor has chosen in place of the one chosen by itself.
        """
        by_form = {rendition.form: rendition for rendition in renditions}
        form = Rendition.Form
        hls, mp4, poster, audio, storyboard = (
            by_form.get(wanted) for wanted in (form.HLS, form.MP4, form.POSTER, form.AUDIO, form.STORYBOARD)
        )
        return cls(
            hls=watch_url(hls.transcode, MASTER_PLAYLIST) if hls else "",
            mp4=watch_url(mp4.transcode, mp4.name) if mp4 else "",
            poster=watch_url(poster.transcode, chosen_poster or poster.name) if poster else "",
            audio=watch_url(audio.transcode, audio.name) if audio else "",
            storyboard=watch_url(storyboard.transcode, storyboard.name) if storyboard else "",
            width=hls.width if hls else 0,
            height=hls.height if hls else 0,
            encode=str(mp4.transcode.uuid) if mp4 else "",
        )


def new_source_name(video: Video, filename: str) -> str:
    return source_name(uuid.uuid4(), filename)


def source_name(name: uuid.UUID, filename: str) -> str:
    """A server-made name: of what the uploader's machine called the file, only a usual ending gets into a path."""
    ending = PurePosixPath(filename).suffix.lower().removeprefix(".")
    return f"videos/sources/{name}.{ending if ending in wagtailmedia_settings.VIDEO_EXTENSIONS else 'video'}"


MASTER_PLAYLIST = "master.m3u8"


class Video(AbstractMedia):
    """`published` is what viewers get; it stays while a replaced file is still being encoded."""

    file = models.FileField(_("file"), upload_to=new_source_name, max_length=255)
    original_name = models.CharField(_("file name"), max_length=255, blank=True, editable=False)
    #: Size of the file as it was uploaded; quotas count it.
    source_bytes = models.PositiveBigIntegerField(_("bytes"), default=0, editable=False)
    published = models.ForeignKey(
        "masterclasses.Transcode",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )

    poster_name = models.CharField(
        _("poster"),
        max_length=40,
        blank=True,
        editable=False,
        help_text=_("One of the stills of the published encode; empty: the one that was chosen by itself."),
    )

    admin_form_fields: ClassVar[tuple[str, ...]] = ("title", "file", "collection", "tags")

    class Meta(AbstractMedia.Meta):
        abstract = False
        verbose_name = _("video")
        verbose_name_plural = _("videos")
        indexes = (models.Index(fields=("-created_at",), name="videos_newest"),)

    def clean(self, *args: Any, **kwargs: Any) -> None:
        """What is in a file counts (`masterclasses.validation`), not how its name ends."""

    @property
    def filename(self) -> str:
        """What the uploader called the file: untrusted words, for showing only."""
        return self.original_name or str(super().filename)

    @cached_property
    def playback(self) -> Playback:
        """What viewers get now, in one query."""
        if self.published_id is None:
            return Playback()
        renditions = Rendition.objects.filter(transcode=self.published_id).select_related("transcode")
        return Playback.of(renditions.order_by("height"), chosen_poster=self.poster_name)

    @classmethod
    def to_watch(cls, pk: int) -> Video | None:
        """A video and its `playback`, in one query as soon as there is something to play."""
        published = Rendition.objects.filter(transcode__video=pk, transcode=F("transcode__video__published"))
        renditions = list(published.select_related("transcode__video").order_by("height"))
        if not renditions:
            return cls.objects.filter(pk=pk).first()
        video = renditions[0].transcode.video
        video.playback = Playback.of(renditions, chosen_poster=video.poster_name)
        return video


def watch_url(transcode: Transcode, name: str) -> str:
    """A new publication has new addresses, so that what a browser has kept of the one before never mixes with it."""
    return reverse("masterclasses:file", args=[transcode.uuid, transcode.version, name])
