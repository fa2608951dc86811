"""Resources: things elsewhere that are worth a practitioner's time."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from careers.at_hand import load_areas, load_images
from careers.forms import ContentForm
from careers.querysets import newest_alike
from home.blocks.text import RICH_TEXT_FEATURES
from home.fragments import lazily
from home.models import ContentKind, ContentPage


class ResourcePage(ContentPage):
    class Form(models.TextChoices):
        GUIDE = "guide", _("Guide")
        COURSE = "course", _("Course")
        TOOL = "tool", _("Tool")
        BOOK = "book", _("Book")
        PODCAST = "podcast", _("Podcast")
        TEMPLATE = "template", _("Template")

    link = models.URLField(_("address"), help_text=_("Where the resource is, with https://"))
    provider = models.CharField(_("provider"), max_length=120, help_text=_("Who offers it."))
    form = models.CharField(_("form"), max_length=20, choices=Form.choices, default=Form.GUIDE)
    effort = models.PositiveSmallIntegerField(
        _("minutes"),
        validators=[MinValueValidator(1), MaxValueValidator(6000)],
        help_text=_("How long it takes, in minutes."),
    )
    why = RichTextField(
        _("why it is worth it"),
        features=RICH_TEXT_FEATURES,
        help_text=_("What a practitioner gets from it, and how to go about it."),
    )

    content_panels = [
        *ContentPage.content_panels,
        FieldPanel("link"),
        FieldRowPanel([FieldPanel("provider"), FieldPanel("form"), FieldPanel("effort")]),
        FieldPanel("why"),
    ]
    search_fields = [*ContentPage.search_fields, index.SearchField("provider"), index.SearchField("why")]

    base_form_class = ContentForm

    parent_page_types: ClassVar[list[str]] = ["careers.LibraryPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "careers/resource_page.html"
    kind_default: ClassVar[str] = ContentKind.RESOURCE

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")

    def count_minutes(self) -> int:
        return self.effort or 0

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | lazily(self._at_hand, "related")

    def _at_hand(self) -> dict[str, Any]:
        related = newest_alike(self)
        load_images(self, cards=related)
        load_areas([self, *related])
        return {"related": related}

    def json_ld(self, request: HttpRequest) -> dict[str, Any]:
        return super().json_ld(request) | {
            "mainEntity": {
                "@type": "LearningResource",
                "name": self.title,
                "url": self.link,
                "learningResourceType": str(self.get_form_display()),
                "provider": {"@type": "Organization", "name": self.provider},
                "timeRequired": f"PT{self.minutes}M",
            }
        }
