"""Areas of a career: the four that come with the portal, and those that editors add."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from home import area_words, languages


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
    #: {"de": {"title": …, "summary": …, "intro": …}}: what is missing is in the default language.
    words = models.JSONField(_("in other languages"), null=True, default=dict, blank=True, editable=False)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=100, help_text=_("Lower comes first."))

    panels = [
        FieldPanel("title"),
        FieldPanel("slug"),
        FieldPanel("summary"),
        FieldPanel("intro"),
        FieldPanel("hue"),
        FieldPanel("sort_order"),
        *area_words.panels(),
    ]
    base_form_class = area_words.AreaForm
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
        return self.local.title

    def get_absolute_url(self) -> str:
        return reverse("area", args=[self.slug])

    @property
    def local(self) -> area_words.AreaWords:
        """Title, summary and introduction in the active language."""
        own = {"title": self.title, "summary": self.summary, "intro": self.intro}
        return area_words.AreaWords(**own | (self.words or {}).get(languages.active(), {}))
