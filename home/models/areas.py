"""Areas of a career: the four that come with the portal, and those that editors add."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index


class Area(index.Indexed, models.Model):
    class Hue(models.TextChoices):
        INDIGO = "indigo", _("Indigo")
        TEAL = "teal", _("Teal")
        AMBER = "amber", _("Amber")
        ROSE = "rose", _("Rose")
        GREEN = "green", _("Green")
        SKY = "sky", _("Sky")
        VIOLET = "violet", _("Violet")
        CLAY = "clay", _("Clay")

    title = models.CharField(_("title"), max_length=80, unique=True)
    slug = models.SlugField(_("slug"), max_length=80, unique=True, help_text=_("The area's address: /areas/slug/"))
    summary = models.CharField(
        _("summary"), max_length=250, help_text=_("One or two sentences, shown under the title.")
    )
    intro = models.TextField(_("introduction"), blank=True, help_text=_("What somebody finds in this area."))
    hue = models.CharField(_("colour"), max_length=20, choices=Hue.choices, default=Hue.INDIGO)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=100, help_text=_("Lower comes first."))

    panels = [
        FieldPanel("title"),
        FieldPanel("slug"),
        FieldPanel("summary"),
        FieldPanel("intro"),
        FieldPanel("hue"),
        FieldPanel("sort_order"),
    ]
    search_fields = [
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.SearchField("summary"),
    ]

    class Meta:
        ordering = ("sort_order", "title")
        verbose_name = _("area")
        verbose_name_plural = _("areas")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("area", args=[self.slug])
