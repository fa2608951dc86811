"""Masterclasses: a series of video parts, ordered by the page tree."""

from __future__ import annotations

from math import ceil
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.documents import get_document_model_string
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page
from wagtail.search import index
from wagtailmedia.edit_handlers import MediaChooserPanel

from careers.at_hand import load_areas, load_images
from home.blocks.text import RICH_TEXT_FEATURES
from home.fragments import lazily
from home.models import BasePage, ContentKind, ContentPage
from masterclasses.access.viewers import is_public
from masterclasses.captions.words import spaced
from masterclasses.evenings.structured import evening_data
from masterclasses.fields import SecondsField
from masterclasses.models.evening import EveningMixin
from masterclasses.models.video import Video
from masterclasses.panels import CaptionsPanel, CaptionsReportPanel, ChaptersPastePanel, VideoStatePanel
from masterclasses.part_forms import PartPageForm


class MasterclassesPage(BasePage):
    intro = models.TextField(_("introduction"), max_length=300, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["masterclasses.MasterclassPage"]
    max_count_per_parent = 1
    template = "masterclasses/masterclasses_page.html"

    class Meta:
        verbose_name = _("masterclasses")
        verbose_name_plural = _("masterclasses")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | lazily(lambda: {"items": list(self.masterclasses())}, "items")

    def masterclasses(self) -> Any:
        return MasterclassPage.objects.child_of(self).visible().newest().for_cards()


class MasterclassPage(EveningMixin, ContentPage):
    intro = RichTextField(_("introduction"), features=RICH_TEXT_FEATURES, blank=True)
    level = models.CharField(_("level"), max_length=80, blank=True, help_text=_("For example: All levels"))
    trailer = models.ForeignKey(
        "masterclasses.Video",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("trailer"),
    )

    content_panels = [
        *ContentPage.content_panels,
        FieldPanel("intro"),
        EveningMixin.evening_panel,
        FieldPanel("level"),
        MediaChooserPanel("trailer", media_type="video"),
        InlinePanel(
            "presenters",
            heading=_("Presenters"),
            label=_("Presenter"),
            help_text=_("Who speaks, in the order viewers see. People are made under Community."),
        ),
    ]
    search_fields = [*ContentPage.search_fields, index.SearchField("intro")]

    parent_page_types: ClassVar[list[str]] = ["masterclasses.MasterclassesPage"]
    subpage_types: ClassVar[list[str]] = ["masterclasses.PartPage"]
    template = "masterclasses/masterclass_page.html"
    kind_default: ClassVar[str] = ContentKind.MASTERCLASS

    class Meta:
        verbose_name = _("masterclass")
        verbose_name_plural = _("masterclass series")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`parts` as cards in the order of the tree, `credits` (each with its person), `minutes` of all parts."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | lazily(self._at_hand, "parts", "credits") | {"minutes": self.minutes}

    def _at_hand(self) -> dict[str, Any]:
        parts, presenters = list(self.visible_parts()), list(self.presenters.select_related("person"))
        load_images(self, people=[presenter.person for presenter in presenters], cards=parts)
        load_areas([self, *parts])
        return {"parts": parts, "credits": presenters}

    def visible_parts(self) -> Any:
        return PartPage.objects.child_of(self).visible().order_by("path")

    def count_minutes(self) -> int:
        """The minutes of all parts that are published."""
        if not self.pk:
            return 0
        return PartPage.objects.child_of(self).live().aggregate(total=models.Sum("minutes"))["total"] or 0

    def json_ld(self, request: HttpRequest) -> dict[str, Any]:
        data = super().json_ld(request) | {"@type": "CreativeWorkSeries"}
        return data | {"subjectOf": evening_data(self, url=data["url"])} if self.event_from else data


class MasterclassPresenter(Orderable):
    masterclass = ParentalKey(MasterclassPage, on_delete=models.CASCADE, related_name="presenters")
    person = models.ForeignKey(
        "home.Person", on_delete=models.PROTECT, related_name="masterclasses", verbose_name=_("person")
    )

    panels = [FieldPanel("person")]

    class Meta(Orderable.Meta):
        verbose_name = _("presenter")
        verbose_name_plural = _("presenters")


class PartPage(ContentPage):
    video = models.ForeignKey(
        "masterclasses.Video",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="parts",
        verbose_name=_("video"),
    )
    credits_start = SecondsField(
        _("credits begin at"),
        null=True,
        blank=True,
        help_text=_("For example 18:30. What comes after need not be watched for the part to count as done."),
    )
    body = RichTextField(_("notes"), features=RICH_TEXT_FEATURES, blank=True)
    takeaways = RichTextField(_("takeaways"), features=["ul"], blank=True, help_text=_("A list of what to remember."))
    transcript = models.TextField(_("transcript"), blank=True)

    content_panels = [
        *ContentPage.content_panels,
        MediaChooserPanel(
            "video",
            media_type="video",
            help_text=_("Not uploaded yet? Media → Upload videos; no need to wait."),
        ),
        VideoStatePanel(heading=_("State of the video")),
        FieldPanel("publish_when_ready"),
        FieldPanel("credits_start"),
        FieldPanel("takeaways"),
        FieldPanel("body"),
        InlinePanel(
            "chapters",
            heading=_("Chapters"),
            label=_("Chapter"),
            help_text=_("Marks on the player's bar, and titles in the transcript, in the order of their times."),
        ),
        ChaptersPastePanel(),
        CaptionsPanel(
            "captions",
            heading=_("Captions"),
            label=_("Captions"),
            help_text=_("One row a language. They become the transcript, and search finds every sentence."),
        ),
        CaptionsReportPanel(heading=_("What the captions check says")),
        InlinePanel(
            "downloads",
            heading=_("Downloads"),
            label=_("Download"),
            help_text=_("Slides and templates, below the notes. Documents are added under Documents."),
        ),
        FieldPanel("transcript", help_text=_("Shown only while there are no captions.")),
    ]
    search_fields = [
        *ContentPage.search_fields,
        index.SearchField("body"),
        index.SearchField("transcript"),
        index.SearchField("spoken"),
    ]

    parent_page_types: ClassVar[list[str]] = ["masterclasses.MasterclassPage"]
    subpage_types: ClassVar[list[str]] = []
    base_form_class = PartPageForm
    template = "masterclasses/part_page.html"
    kind_default: ClassVar[str] = ContentKind.PART

    class Meta:
        verbose_name = _("masterclass part")
        verbose_name_plural = _("masterclass parts")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """All `parts` of the series, this one's `number` from 1, its neighbours, and the second to `start` at."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        if self.video_id:
            self.video = Video.to_watch(self.video_id)
            if not (self.video and self.video.published_id):
                context["keep"] = None  # how far an encode is changes without a publication
        names = ("parts", "number", "previous_part", "next_part", "downloads", "start")
        return context | lazily(lambda: self._at_hand(request), *names)

    def _at_hand(self, request: HttpRequest) -> dict[str, Any]:
        load_images(self)
        load_areas([self])
        parts = list(PartPage.objects.sibling_of(self).visible().order_by("path")) if self.path else []
        here = next((index for index, part in enumerate(parts) if part.pk == self.pk), None)
        following = parts[here + 1 : here + 2] if here is not None else []
        return {
            "parts": parts,
            "number": here + 1 if here is not None else None,
            "previous_part": parts[here - 1] if here else None,
            "next_part": following[0] if following else None,
            "downloads": self.downloads.select_related("document"),
            "start": self.start_from(request.GET.get("t", "")),
        }

    def start_from(self, asked: str) -> int:
        """The second that an address with `?t=75` asks for, within the video; 0 for anything else."""
        seconds = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 0
        return seconds if self.video and seconds < self.video.duration else 0

    def count_minutes(self) -> int:
        return ceil(self.video.duration / 60) if self.video else 0

    def spoken(self) -> str:
        """All that its captions say, for the search."""
        said = self.cues.order_by("captions", "start_ms").values_list("text", flat=True)
        return "\n".join(spaced(text) for text in said)

    def json_ld(self, request: HttpRequest) -> dict[str, Any]:
        data = super().json_ld(request)
        if not self.video or not self.video.playback.mp4 or not is_public(self.video.pk):
            return data
        playback = self.video.playback
        return data | {
            "@type": "VideoObject",
            "duration": f"PT{round(self.video.duration)}S",
            "uploadDate": self.video.created_at.isoformat(),
            "contentUrl": request.build_absolute_uri(playback.mp4),
            "thumbnailUrl": [request.build_absolute_uri(playback.poster)] if playback.poster else [],
        }


class PartChapter(Orderable):
    part = ParentalKey(PartPage, on_delete=models.CASCADE, related_name="chapters")
    start = SecondsField(_("starts at"), help_text=_("Minutes and seconds, for example 2:05 or 1:02:05."))
    title = models.CharField(_("title"), max_length=120)

    panels = [FieldRowPanel([FieldPanel("start"), FieldPanel("title")])]

    class Meta(Orderable.Meta):
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")


class PartCaptions(Orderable):
    part = ParentalKey(PartPage, on_delete=models.CASCADE, related_name="captions")
    language = models.CharField(_("language"), max_length=35, default="en", help_text=_("For example: en, de, fr"))
    webvtt = models.TextField(
        _("captions"), help_text=_("WebVTT, to write or mend by hand. A chosen file replaces what is here.")
    )
    origin = models.CharField(_("came from"), max_length=200, blank=True, editable=False)

    panels = [FieldPanel("language"), FieldPanel("file"), FieldPanel("webvtt")]

    class Meta(Orderable.Meta):
        verbose_name = _("captions")
        verbose_name_plural = _("captions")
        constraints = (models.UniqueConstraint(fields=("part", "language"), name="one_caption_file_per_language"),)


class PartDownload(Orderable):
    part = ParentalKey(PartPage, on_delete=models.CASCADE, related_name="downloads")
    document = models.ForeignKey(
        get_document_model_string(), on_delete=models.CASCADE, related_name="+", verbose_name=_("document")
    )
    description = models.CharField(_("what it is for"), max_length=200, blank=True)

    panels = [FieldPanel("document"), FieldPanel("description")]

    class Meta(Orderable.Meta):
        verbose_name = _("download")
        verbose_name_plural = _("downloads")
