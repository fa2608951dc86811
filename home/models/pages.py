"""The front page, and plain pages such as “About”."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, Site
from wagtail.search import index

from home.blocks import BodyBlock
from home.models.areas import Area
from home.models.base import BasePage


class HomePage(BasePage):
    hero_title = models.CharField(_("title"), max_length=120, help_text=_("What this place is, in one line."))
    hero_text = models.TextField(_("text"), max_length=300, help_text=_("Who it is for and what they find."))

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("hero_title"), FieldPanel("hero_text")], heading=_("Top of the page")),
        InlinePanel(
            "features",
            heading=_("Featured"),
            label=_("Page"),
            max_num=4,
            help_text=_("Up to four pages, shown first. Without any, the newest are shown."),
        ),
    ]
    search_fields = [*Page.search_fields, index.SearchField("hero_title"), index.SearchField("hero_text")]

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = [
        "home.StandardPage",
        "careers.LibraryPage",
        "careers.LearningPathsPage",
        "masterclasses.MasterclassesPage",
    ]
    max_count = 1
    template = "home/home_page.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    @property
    def share_description(self) -> str:
        return self.search_description or self.hero_text

    def areas(self) -> QuerySet[Area]:
        return Area.objects.all()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Where a site begins in another language has changed: Wagtail keeps that for an hour."""
        super().save(*args, **kwargs)
        Site.clear_site_root_paths_cache()


class HomePageFeature(Orderable):
    home = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="features")
    page = models.ForeignKey("home.ContentPage", on_delete=models.CASCADE, related_name="+", verbose_name=_("page"))

    panels = [PageChooserPanel("page")]

    class Meta(Orderable.Meta):
        verbose_name = _("featured page")
        verbose_name_plural = _("featured pages")


class StandardPage(BasePage):
    body = StreamField(BodyBlock(), verbose_name=_("body"))

    content_panels = [*Page.content_panels, FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("body")]

    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "home.StandardPage"]
    subpage_types: ClassVar[list[str]] = ["home.StandardPage"]
    template = "home/standard_page.html"

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")
