"""The library: everything to read, listed with filters."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from home.fragments import lazily
from home.listing import Listing
from home.models import BasePage, ContentKind, ContentPage

LIBRARY_KINDS = (
    ContentKind.ARTICLE,
    ContentKind.CAREER_HOUR,
    ContentKind.EVENT_REPORT,
    ContentKind.INTERVIEW,
    ContentKind.RESOURCE,
)


class LibraryPage(BasePage):
    intro = models.TextField(
        _("introduction"), max_length=300, blank=True, help_text=_("One or two sentences above the list.")
    )

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["careers.ArticlePage", "careers.ResourcePage"]
    max_count_per_parent = 1
    template = "careers/library_page.html"

    class Meta:
        verbose_name = _("library")
        verbose_name_plural = _("libraries")

    @property
    def share_description(self) -> str:
        return self.search_description or self.intro

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | lazily(lambda: {"listing": self._listing(request)}, "listing")

    def _listing(self, request: HttpRequest) -> Listing:
        return Listing(ContentPage.objects.descendant_of(self), request, kinds=LIBRARY_KINDS)
