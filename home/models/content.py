"""Content: every page a practitioner reads, watches or follows.

One concrete table carries what a card, a digest, a search hit and a feed entry need, so that any list of mixed
content is one query (`docs/adr/0002-content-shares-one-table.md`).
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from home.desk.editor_panels import ContentChecksPanel, ReviewDatePanel
from home.models.base import BasePage
from home.querysets import ContentPageManager


class ContentKind(models.TextChoices):
    ARTICLE = "article", _("Article")
    CAREER_HOUR = "career_hour", _("Career hour")
    EVENT_REPORT = "event_report", _("Event report")
    INTERVIEW = "interview", _("Interview")
    RESOURCE = "resource", _("Resource")
    PATH = "path", _("Learning path")
    MASTERCLASS = "masterclass", _("Masterclass")
    PART = "part", _("Masterclass part")


class ContentPageTag(TaggedItemBase):
    content_object = ParentalKey("home.ContentPage", on_delete=models.CASCADE, related_name="tagged_items")

    class Meta:
        verbose_name = _("tag of a page")
        verbose_name_plural = _("tags of pages")


class ContentPage(BasePage):
    """The contract of the portal's content: title, summary, cover, kind, areas, minutes and date."""

    summary = models.TextField(
        _("summary"),
        max_length=400,
        help_text=_(
            "Two or three sentences that make one want to read on: shown on cards, in the digest and in search."
        ),
    )
    cover = models.ForeignKey(
        "home.CustomImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("cover"),
        help_text=_("At least 1280 × 720 pixels. Without one, the area's own pattern is shown."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=ContentKind.choices, db_index=True, editable=False)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=0, editable=False)
    published_on = models.DateField(
        _("date"),
        default=timezone.localdate,
        help_text=_("The date that readers see; lists are in this order."),
    )
    areas = ParentalManyToManyField("home.Area", related_name="content", verbose_name=_("areas"))
    tags = ClusterTaggableManager(
        through=ContentPageTag,
        blank=True,
        verbose_name=_("tags"),
        help_text=_("A few words that readers would look for."),
    )

    objects: ClassVar[Any] = ContentPageManager()

    is_creatable = False
    kind_default: ClassVar[str] = ContentKind.ARTICLE

    content_panels = [
        ContentChecksPanel(),
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("cover"),
    ]
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("areas", required_on_save=False), FieldPanel("tags"), FieldPanel("published_on")],
            heading=_("Where it belongs"),
        ),
        ReviewDatePanel(),
        *Page.promote_panels,
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary", boost=2),
        index.AutocompleteField("summary"),
        index.FilterField("kind"),
        index.FilterField("minutes"),
        index.FilterField("published_on"),
        index.RelatedFields("areas", [index.SearchField("title"), index.FilterField("slug")]),
        index.RelatedFields("tags", [index.SearchField("name"), index.FilterField("slug")]),
    ]

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")
        indexes = (
            models.Index(fields=("-published_on", "-page_ptr"), name="content_newest"),
            models.Index(fields=("kind", "-published_on"), name="content_kind_newest"),
        )

    def __str__(self) -> str:
        return self.title

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.kind = self.kind_of()
        self.minutes = self.count_minutes()
        super().full_clean(*args, **kwargs)

    def kind_of(self) -> str:
        """The kind that readers see; types whose editors choose it override this."""
        return self.kind_default

    def count_minutes(self) -> int:
        """Minutes that a practitioner needs; each type counts its own."""
        return self.minutes

    @property
    def share_image(self) -> Any:
        return self.cover

    @property
    def share_description(self) -> str:
        return self.search_description or self.summary

    def json_ld(self, request: HttpRequest) -> dict[str, Any]:
        return super().json_ld(request) | {
            "datePublished": self.published_on.isoformat(),
            "dateModified": (self.last_published_at or timezone.now()).isoformat(),
        }
